import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import { z } from 'zod';
import { settlePackage } from './docx-package.ts';
import { cleanText } from './line-breaking.ts';

export type TemplateResult =
  | { readonly ok: true; readonly bytes: Uint8Array; /** Fields that the template names, each once. */ readonly used: readonly string[] }
  /** Each says which field is wrong and how, in Chinese. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Fills the office's own DOCX: `{{单位名称}}` becomes the value of that name, wherever it stands (text, tables, headers, footers) and
 * however the word processor has cut it into runs. Values are text: nothing in them becomes markup or a field. The bytes must
 * have been looked through for size before.
 */
export async function fillTemplate(template: Uint8Array, values: Readonly<Record<string, string>>): Promise<TemplateResult> {
  const used = new Set<string>();
  const unknown = new Set<string>();
  try {
    const document = new Docxtemplater(new PizZip(template), {
      delimiters: { start: '{{', end: '}}' },
      linebreaks: true,
      errorLogging: false,
      parser: (tag: string) => {
        const name = tag.trim();
        if (Object.hasOwn(values, name)) used.add(name);
        else unknown.add(name);
        return { get: () => cleanText(values[name] ?? '') };
      },
    });
    document.render({});
    if (unknown.size > 0) return { ok: false, problems: [...unknown].map((name) => `没有“${name}”这个字段，可用的字段有：${Object.keys(values).join('、')}`) };
    if (used.size === 0) return { ok: false, problems: [describeNone(document.getFullText())] };
    return { ok: true, bytes: await settlePackage(document.toUint8Array()), used: [...used] };
  } catch (error) {
    return { ok: false, problems: describeTrouble(error) };
  }
}

const describeNone = (text: string): string =>
  text.includes('｛｛') ? '字段用了全角花括号，请改成半角，例如 {{单位名称}}' : '里面没有一个字段，请在要填写的地方写上字段名，例如 {{单位名称}}';

const faultSchema = z.object({ properties: z.object({ id: z.string(), xtag: z.string().optional(), context: z.string().optional() }) });
const faultsSchema = z.object({ properties: z.object({ id: z.string(), errors: z.array(faultSchema) }) });

/** What the library found wrong, field by field; a file that is no DOCX at all is one problem. */
function describeTrouble(error: unknown): readonly string[] {
  const many = faultsSchema.safeParse(error);
  if (many.success) return [...new Set(many.data.properties.errors.map(describeFault))];
  const one = faultSchema.safeParse(error);
  return [one.success ? describeFault(one.data) : '文件不是完好的 DOCX，请在 Word 中另存为 .docx 后再选'];
}

function describeFault({ properties }: z.infer<typeof faultSchema>): string {
  const near = (properties.xtag ?? properties.context ?? '').replace(/^\{+|\}+$/gu, '').slice(0, 40);
  switch (properties.id) {
    case 'unclosed_tag':
      return `字段“{{${near}”没有写完，缺少后面的 }}`;
    case 'unopened_tag':
      return `字段“${near}}}”缺少前面的 {{`;
    case 'duplicate_open_tag':
    case 'duplicate_close_tag':
      return `字段“${near}”的花括号多写了`;
    case 'unclosed_loop':
    case 'unopened_loop':
    case 'closing_tag_does_not_match_opening_tag':
      return `字段“${near}”以 # 或 / 开头，模板里不能用循环`;
    default:
      return `字段“${near}”写法不对`;
  }
}
