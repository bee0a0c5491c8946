import { Button } from 'antd';
import { useArchive } from '../app/archive-context.tsx';
import { SavedField } from '../ui/saved-field.tsx';
import type { CatalogIndicator } from './target-draft.ts';

/** The situations that forbid an application. Answers hang on their numbers: they are changed and added, not moved. */
export function SituationsEditor({ indicator, onSave }: { readonly indicator: CatalogIndicator; readonly onSave: (declarations: string[]) => void }) {
  const { readOnly } = useArchive();
  const list = indicator.declarations;
  return (
    <>
      <h3>禁止申报情形</h3>
      <ol className="catalog-situations">
        {list.map((text, at) => (
          <li key={`${at}:${text}`}>
            <SavedField label={`第 ${at + 1} 种`} multiline disabled={readOnly} value={text} check={(given) => (given === '' ? '情形不能空着' : '')} onSave={(given) => onSave(list.map((item, nth) => (nth === at ? given : item)))} />
            {at === list.length - 1 && at > 0 ? (
              <Button size="small" type="text" disabled={readOnly} onClick={() => onSave(list.slice(0, -1))}>
                删除
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      <Button size="small" disabled={readOnly} onClick={() => onSave([...list, `（第${list.length + 1}种情形，请填写）`])}>
        增加情形
      </Button>
    </>
  );
}
