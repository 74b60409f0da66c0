/** Real documents, as small as they can be. */
import { strToU8, type Zippable, zipSync } from 'fflate';

const zip = (files: Record<string, string>): Buffer =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])) as Zippable),
  );

const TYPES =
  '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** One paragraph, cut into runs as a word processor cuts them. */
export const docx = (...runs: string[]): Buffer =>
  zip({
    '[Content_Types].xml': TYPES,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w"><w:body><w:p>${runs
      .map((run) => `<w:r><w:rPr><w:b/></w:rPr><w:t>${run}</w:t></w:r>`)
      .join('')}</w:p></w:body></w:document>`,
  });

export const xlsx = (text: string): Buffer =>
  zip({
    '[Content_Types].xml': TYPES,
    'xl/workbook.xml': '<workbook/>',
    'xl/sharedStrings.xml': `<sst><si><t>表</t></si><si><t>${text}</t></si></sst>`,
  });

export const odt = (text: string): Buffer =>
  zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content xmlns:text="urn:t"><text:p>${text}</text:p></office:document-content>`,
  });

export const ofd = (text: string): Buffer =>
  zip({
    'OFD.xml': '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>',
    'Doc_0/Pages/Page_0/Content.xml': `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextObject><ofd:TextCode>${text}</ofd:TextCode></ofd:TextObject></ofd:Page>`,
  });

export const zipOf = zip;

/** With its title as PDF writes titles that are not Latin: hexadecimal UTF-16. */
export const pdf = (title: string): Buffer => {
  const hex = Buffer.from(`\ufeff${title}`, 'utf16le').swap16().toString('hex');
  return Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Title <${hex}> >>\nendobj\ntrailer\n<< /Info 1 0 R >>\n%%EOF\n`, 'latin1');
};

export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

/** GB 18030, as older programs write it: `秘密★会议材料` and `会议材料`. */
export const gb18030 = {
  marked: Buffer.from('c3d8c3dca1efbbe1d2e9b2c4c1cf', 'hex'),
  plain: Buffer.from('bbe1d2e9b2c4c1cf', 'hex'),
};
