import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { createArchive } from '../../src-main/archive/index.ts';
import { BindFailure, inspectSource, planBinding, writeVolume } from '../../src-main/binder/index.ts';
import { openPack, writePack } from '../../src-main/exchange/index.ts';
import { convertOfd } from '../../src-main/intake/ofd/ofd-to-pdf.ts';
import { readDocxText, readXlsxText } from '../../src-main/intake/office-text.ts';
import { readBlocksAsPlan } from '../../src-main/intake/plan-reader/blocks-as-plan.ts';
import { readBlocks } from '../../src-main/intake/plan-reader/read-blocks.ts';
import { recognise } from '../../src-main/intake/recognise.ts';
import { smallFaultCatalog } from '../faults/fault-catalog.ts';
import { makePdf, resources } from '../service/service-fixture.ts';
import { openBundledFonts } from '../../src-main/service/font-files.ts';
import { mutatePdf, mutateZip } from './mutate.ts';
import type { Random } from './mutate.ts';

export interface Target {
  readonly name: string;
  readonly ending: string;
  /** Sound files to start from. */
  readonly seeds: readonly Uint8Array[];
  readonly mutate: (seed: Uint8Array, random: Random) => Uint8Array;
  /** Reads a file as the program does. Throws only what a caller knows by name. */
  readonly read: (path: string, scratch: string) => Promise<void>;
}

/** Refusals that callers expect as exceptions; anything else thrown is a defect. */
export const isKnownRefusal = (error: unknown): boolean => error instanceof BindFailure || (error instanceof Error && ['PackFault', 'ArchiveFault'].includes(error.constructor.name));

const xml = (body: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${body}`);

const docx = (): Uint8Array =>
  zipSync({
    '[Content_Types].xml': xml('<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
    '_rels/.rels': xml('<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
    'word/document.xml': xml(
      '<w:document><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>一、生态制度</w:t></w:r></w:p><w:p><w:r><w:t>1.空气质量优良天数比例。目标值：≥95%。牵头单位：甲单位。</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>',
    ),
    'word/numbering.xml': xml('<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'),
  });

const xlsx = (): Uint8Array =>
  zipSync({
    '[Content_Types].xml': xml('<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'),
    '_rels/.rels': xml('<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
    'xl/workbook.xml': xml('<workbook><sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': xml('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/sharedStrings.xml': xml('<sst count="2"><si><t>年份</t></si><si><r><t>优良</t></r><r><t>天数</t></r></si></sst>'),
    'xl/worksheets/sheet1.xml': xml('<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>2023</v></c><c r="B2"><f>A2*2</f><v>4046</v></c></row></sheetData></worksheet>'),
  });

const ofd = (): Uint8Array =>
  zipSync({
    'OFD.xml': xml('<ofd:OFD Version="1.1"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'),
    'Doc_0/Document.xml': xml('<ofd:Document><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P.xml"/></ofd:Pages></ofd:Document>'),
    'Doc_0/PublicRes.xml': xml('<ofd:Res BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体"/></ofd:Fonts><ofd:DrawParams><ofd:DrawParam ID="4" LineWidth="0.3"/></ofd:DrawParams></ofd:Res>'),
    'Doc_0/Pages/P.xml': xml(
      '<ofd:Page><ofd:Content><ofd:Layer ID="5"><ofd:TextObject ID="6" Boundary="20 20 100 10" Font="2" Size="5" CTM="1 0 0 1 0 0"><ofd:TextCode X="0" Y="5" DeltaX="g 3 5">青南政发</ofd:TextCode></ofd:TextObject><ofd:PathObject ID="7" Boundary="10 10 50 50" Stroke="true"><ofd:AbbreviatedData>M 0 0 L 10 10 B 1 1 2 2 3 3 C</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer></ofd:Content></ofd:Page>',
    ),
  });

/** Every reader of files from outside, with what it starts from. `scratch`: a folder for seeds and results. */
export const makeTargets = async (scratch: string): Promise<readonly Target[]> => {
  mkdirSync(scratch, { recursive: true });
  const fonts = openBundledFonts(resources);
  const font = (name: string): string => join(resources, 'fonts', `${name}.ttf`);
  const pdf = readFileSync(await makePdf(join(scratch, 'seed.pdf'), [['第一页', '印证'], ['第二页']]));
  const plain = strToU8('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[3 0 R/Fit]>>]>>endobj\n4 0 obj<</Length 12>>stream\nq 1 0 0 1 Q\n\nendstream endobj\nxref\n0 5\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000130 00000 n \n0000000267 00000 n \ntrailer<</Size 5/Root 1 0 R>>\nstartxref\n326\n%%EOF\n');
  const made = await createArchive(join(scratch, '包.cdarchive'), { title: '包', catalog: smallFaultCatalog });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const pack = join(scratch, 'seed.cdpack');
  const packed = await writePack(made.value, { kind: 'task', unit: '甲单位', out: pack, actor: '王敏', sender: '办公室', due: '', papers: [] });
  made.value.close();
  if (!packed.ok) throw new Error(JSON.stringify(packed.error));
  return [
    {
      name: 'PDF',
      ending: 'pdf',
      seeds: [pdf, plain],
      mutate: mutatePdf,
      read: async (path, place) => {
        const facts = inspectSource(path);
        if (!facts.ok) return;
        const bound = await planBinding({ info: { title: 'x', created: '2024-01-01T00:00:00Z' }, fonts, numbering: {}, sections: [{ kind: 'source', key: 'x', title: 'x', path }], onMissing: 'stop' });
        if (bound.ok) await writeVolume(bound.value, join(place, 'out.pdf'));
      },
    },
    { name: 'OFD', ending: 'ofd', seeds: [ofd()], mutate: mutateZip, read: async (path, place) => void (await convertOfd(path, join(place, 'ofd.pdf'), { song: font('song'), hei: font('hei') })) },
    {
      name: 'OOXML',
      ending: 'docx',
      seeds: [docx(), xlsx()],
      mutate: mutateZip,
      read: async (path) => {
        await recognise(path);
        await readDocxText(path);
        await readXlsxText(path);
      },
    },
    {
      name: 'plan',
      ending: 'docx',
      seeds: [docx()],
      mutate: mutateZip,
      read: async (path) => {
        const blocks = await readBlocks(readFileSync(path));
        if (blocks.ok) readBlocksAsPlan(blocks.value, 'plan.docx');
      },
    },
    {
      name: 'pack',
      ending: 'cdpack',
      seeds: [readFileSync(pack)],
      mutate: mutateZip,
      read: async (path) => {
        const opened = await openPack(path);
        opened.close();
      },
    },
  ];
};

/** One case: answers what went wrong, or null. The file stays at `scratch/case.…` for looking at. */
export const runCase = async (target: Target, seed: number, random: Random, scratch: string): Promise<string | null> => {
  const start = target.seeds[seed % target.seeds.length];
  if (start === undefined) throw new Error(`${target.name} has no seed`);
  const path = join(scratch, `case.${target.ending}`);
  writeFileSync(path, target.mutate(start, random));
  try {
    await target.read(path, scratch);
    return null;
  } catch (error) {
    return isKnownRefusal(error) ? null : error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
};
