import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { goBack, goTo, placeOf, readPlace, stayAt } from './place.ts';
import type { Place, Trail } from './place.ts';

export interface Navigation {
  readonly place: Place;
  readonly canGoBack: boolean;
  /** Whether the clerk came here by going back: the page is shown as it was left. */
  readonly returned: boolean;
  go(place: Place): void;
  /** Notes what was chosen on the page that is open, for coming back to it. */
  stay(place: Place): void;
  back(): void;
}

const NavigationContext = createContext<Navigation | null>(null);

const keyOf = (folder: string): string => `place:${folder}`;

/** Sets the page at which an archive opens next. */
export const rememberPlace = (folder: string, place: Place): void => localStorage.setItem(keyOf(folder), JSON.stringify(place));

/** Remembers, for each archive, the page that was open last. */
export function NavigationProvider({ folder, children }: { readonly folder: string; readonly children: ReactNode }) {
  const [trail, setTrail] = useState<Trail>(() => ({ steps: [readPlace(localStorage.getItem(keyOf(folder)))] }));
  const [returned, setReturned] = useState(false);
  const move = useCallback(
    (next: (trail: Trail) => Trail) =>
      setTrail((now) => {
        const then = next(now);
        localStorage.setItem(keyOf(folder), JSON.stringify(placeOf(then)));
        return then;
      }),
    [folder],
  );
  const navigation = useMemo<Navigation>(
    () => ({
      place: placeOf(trail),
      canGoBack: trail.steps.length > 1,
      returned,
      go: (place) => {
        setReturned(false);
        move((now) => goTo(now, place));
      },
      stay: (place) => move((now) => stayAt(now, place)),
      back: () => {
        setReturned(true);
        move(goBack);
      },
    }),
    [trail, returned, move],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error('useNavigation outside NavigationProvider');
  return navigation;
}
