import { useEffect, useState } from 'react';
import { urlOfPagePicture } from '../preview/evidence-url.ts';
import './row-picture.css';

interface RowPictureProps {
  readonly id: string;
  readonly page: number;
}

/** A row that is scrolled past is not drawn. */
const RESTS_MS = 120;

/** A page small, for telling items apart at a glance; an empty sheet where it cannot be drawn. The words beside it say what it is. */
export function RowPicture({ id, page }: RowPictureProps) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), RESTS_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <span className="row-picture" aria-hidden="true">
      {wanted ? <img src={urlOfPagePicture(id, page)} alt="" draggable={false} loading="lazy" data-testid="row-picture" /> : null}
    </span>
  );
}
