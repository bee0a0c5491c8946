import { normalisePartName, type Package } from '../package-reader.ts';
import { XmlDamaged } from '../xml-scan.ts';
import { childOf, childrenOf, numbersOf, readXmlTree, valueOf, type XmlElement } from './xml-tree.ts';

/** x, y, width, height in millimetres from the page's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface OfdFont {
  readonly name: string;
  /** Part that holds the embedded font file; empty where the reader must find one by name. */
  readonly part: string;
}

/** What pages refer to by number, over all resource files of a document. */
export interface OfdResources {
  readonly fonts: ReadonlyMap<string, OfdFont>;
  /** Part names of pictures. */
  readonly media: ReadonlyMap<string, string>;
  readonly drawParams: ReadonlyMap<string, XmlElement>;
  readonly composites: ReadonlyMap<string, XmlElement>;
}

export interface OfdSeal {
  readonly box: Box;
  /** DER structure that holds the seal's picture. */
  readonly part: string;
  /** Slice of a 骑缝章, relative to the seal's box. */
  readonly clip: Box | null;
}

export interface OfdPage {
  readonly box: Box;
  /** Layers in the order in which they are drawn, templates included. */
  readonly layers: readonly XmlElement[];
  readonly resources: OfdResources;
  /** Appearances of visible annotations. */
  readonly annotations: readonly { readonly box: Box; readonly appearance: XmlElement }[];
  readonly seals: readonly OfdSeal[];
}

const mostPages = 5000;

/** Pages of every document in the package (GB/T 33190-2016), parsed one at a time. Throws `XmlDamaged` where the skeleton is broken. */
export async function* readOfdPages(parts: Package): AsyncGenerator<{ readonly page: OfdPage; readonly of: number }> {
  const root = await readTree(parts, 'ofd.xml');
  if (root === undefined) throw new XmlDamaged('no OFD.xml');
  for (const body of childrenOf(root, 'DocBody')) {
    const location = valueOf(body, 'DocRoot');
    if (location === undefined) continue;
    yield* readDocument(parts, normalisePartName(location), valueOf(body, 'Signatures'));
  }
}

async function* readDocument(parts: Package, location: string, signatures: string | undefined): AsyncGenerator<{ readonly page: OfdPage; readonly of: number }> {
  const document = await readTree(parts, location);
  if (document === undefined) throw new XmlDamaged(`no ${location}`);
  const folder = folderOf(location);
  const common = childOf(document, 'CommonData');
  const shared = await readResources(parts, folder, [...childrenOf(common, 'PublicRes'), ...childrenOf(common, 'DocumentRes')]);
  const templates = new Map(childrenOf(common, 'TemplatePage').map((template) => [template.attributes.get('ID') ?? '', template.attributes.get('BaseLoc') ?? '']));
  const usual = readBox(valueOf(childOf(common, 'PageArea'), 'PhysicalBox')) ?? { x: 0, y: 0, w: 210, h: 297 };
  const pages = childrenOf(childOf(document, 'Pages'), 'Page');
  if (pages.length > mostPages) throw new XmlDamaged('too many pages');
  const annotations = await readAnnotationParts(parts, folder, valueOf(document, 'Annotations'));
  const seals = await readSeals(parts, signatures === undefined ? undefined : resolvePart('', signatures));
  for (const entry of pages) {
    const id = entry.attributes.get('ID') ?? '';
    const part = resolvePart(folder, entry.attributes.get('BaseLoc') ?? '');
    const page = await readTree(parts, part);
    const own = await readResources(parts, folderOf(part), childrenOf(page, 'PageRes'));
    const resources = mergeResources(shared, own);
    const [behind, before]: [XmlElement[], XmlElement[]] = [[], []];
    let templateBox: Box | undefined;
    for (const reference of childrenOf(page, 'Template')) {
      const template = await readTree(parts, resolvePart(folder, templates.get(reference.attributes.get('TemplateID') ?? '') ?? ''));
      templateBox ??= readBox(valueOf(childOf(template, 'Area'), 'PhysicalBox'));
      const target = reference.attributes.get('ZOrder') === 'Foreground' ? before : behind;
      target.push(...sortLayers(template));
    }
    yield {
      of: pages.length,
      page: {
        box: readBox(valueOf(childOf(page, 'Area'), 'PhysicalBox')) ?? templateBox ?? usual,
        layers: [...behind, ...sortLayers(page), ...before],
        resources,
        annotations: await readAnnotations(parts, annotations.get(id)),
        seals: seals.filter((seal) => seal.page === id),
      },
    };
  }
}

async function readTree(parts: Package, name: string): Promise<XmlElement | undefined> {
  const xml = await parts.xml(name);
  return xml === undefined ? undefined : readXmlTree(xml);
}

const layerOrder: Readonly<Record<string, number>> = { Background: 0, Body: 1, Foreground: 2 };
const sortLayers = (page: XmlElement | undefined): readonly XmlElement[] =>
  childrenOf(childOf(page, 'Content'), 'Layer').toSorted((a, b) => (layerOrder[a.attributes.get('Type') ?? 'Body'] ?? 1) - (layerOrder[b.attributes.get('Type') ?? 'Body'] ?? 1));

export function readBox(text: string | undefined): Box | undefined {
  const [x, y, w, h] = numbersOf(text);
  return x === undefined || y === undefined || w === undefined || h === undefined || w <= 0 || h <= 0 ? undefined : { x, y, w, h };
}

const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1);
/** A location in OFD is absolute from the package's root, or relative to the folder of the file that names it. */
const resolvePart = (folder: string, location: string): string => normalisePartName(location.startsWith('/') ? location : `${folder}/${location}`);

async function readResources(parts: Package, folder: string, references: readonly XmlElement[]): Promise<OfdResources> {
  const fonts = new Map<string, OfdFont>();
  const media = new Map<string, string>();
  const drawParams = new Map<string, XmlElement>();
  const composites = new Map<string, XmlElement>();
  for (const reference of references) {
    const location = resolvePart(folder, reference.text.trim());
    const tree = await readTree(parts, location);
    if (tree === undefined) continue;
    const base = `${folderOf(location)}/${tree.attributes.get('BaseLoc') ?? ''}`;
    const find = (name: string): string => {
      const named = tree.attributes.get('BaseLoc')?.startsWith('/') === true ? resolvePart(`${tree.attributes.get('BaseLoc')}/`, name) : resolvePart(base, name);
      // Some writers leave BaseLoc out of account.
      return parts.names.includes(named) ? named : [resolvePart(folderOf(location), name), resolvePart(folder, name)].find((other) => parts.names.includes(other)) ?? named;
    };
    for (const group of tree.children) {
      for (const item of group.children) {
        const id = item.attributes.get('ID') ?? '';
        const file = valueOf(item, 'FontFile') ?? valueOf(item, 'MediaFile');
        if (item.name === 'Font') fonts.set(id, { name: item.attributes.get('FontName') ?? item.attributes.get('FamilyName') ?? '', part: file === undefined ? '' : find(file) });
        else if (item.name === 'MultiMedia') media.set(id, file === undefined ? '' : find(file));
        else if (item.name === 'DrawParam') drawParams.set(id, item);
        else if (item.name === 'CompositeGraphicUnit') composites.set(id, item);
      }
    }
  }
  return { fonts, media, drawParams, composites };
}

function mergeResources(shared: OfdResources, own: OfdResources): OfdResources {
  return {
    fonts: new Map([...shared.fonts, ...own.fonts]),
    media: new Map([...shared.media, ...own.media]),
    drawParams: new Map([...shared.drawParams, ...own.drawParams]),
    composites: new Map([...shared.composites, ...own.composites]),
  };
}

async function readAnnotationParts(parts: Package, folder: string, location: string | undefined): Promise<ReadonlyMap<string, string>> {
  if (location === undefined) return new Map();
  const part = resolvePart(folder, location);
  const tree = await readTree(parts, part);
  return new Map(
    childrenOf(tree, 'Page').map((page) => {
      const file = valueOf(page, 'FileLoc') ?? '';
      const beside = resolvePart(folderOf(part), file);
      return [page.attributes.get('PageID') ?? '', parts.names.includes(beside) ? beside : resolvePart(folder, file)];
    }),
  );
}

async function readAnnotations(parts: Package, part: string | undefined): Promise<OfdPage['annotations']> {
  const tree = part === undefined ? undefined : await readTree(parts, part);
  return childrenOf(tree, 'Annot').flatMap((annotation) => {
    const appearance = childOf(annotation, 'Appearance');
    const box = readBox(appearance?.attributes.get('Boundary'));
    return annotation.attributes.get('Visible') === 'false' || appearance === undefined || box === undefined ? [] : [{ box, appearance }];
  });
}

async function readSeals(parts: Package, list: string | undefined): Promise<readonly (OfdSeal & { readonly page: string })[]> {
  const tree = list === undefined ? undefined : await readTree(parts, list);
  const seals: (OfdSeal & { readonly page: string })[] = [];
  for (const entry of childrenOf(tree, 'Signature')) {
    const part = resolvePart(folderOf(list ?? ''), entry.attributes.get('BaseLoc') ?? '');
    const signature = await readTree(parts, part);
    const information = childOf(signature, 'SignedInfo');
    const seal = valueOf(childOf(information, 'Seal'), 'BaseLoc');
    const value = valueOf(signature, 'SignedValue');
    const candidates = [seal, value].filter((location) => location !== undefined).map((location) => resolvePart(folderOf(part), location)).filter((name) => parts.names.includes(name));
    const picture = candidates[0];
    if (picture === undefined) continue;
    for (const stamp of childrenOf(information, 'StampAnnot')) {
      const box = readBox(stamp.attributes.get('Boundary'));
      if (box !== undefined) seals.push({ page: stamp.attributes.get('PageRef') ?? '', box, part: picture, clip: readBox(stamp.attributes.get('Clip')) ?? null });
    }
  }
  return seals;
}
