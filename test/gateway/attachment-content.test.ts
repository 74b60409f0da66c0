import { isClassified, kindOf } from '../../client/attachments';
import { docx, gb18030, odt, ofd, pdf, png, xlsx, zipOf } from './documents';

describe('what a file is, is found in its content', () => {
  test.each([
    ['a PDF', pdf('会议材料'), 'application/pdf'],
    ['a picture', png, 'image/png'],
    ['a text document', docx('会议材料'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a table', xlsx('会议材料'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['an open document', odt('会议材料'), 'application/vnd.oasis.opendocument.text'],
    ['a fixed layout document', ofd('会议材料'), 'application/ofd'],
    ['text', Buffer.from('会议材料\n'), 'text/plain; charset=utf-8'],
    ['text of older programs', gb18030.plain, 'text/plain; charset=utf-8'],
    ['text in sixteen bits', Buffer.from('\ufeff会议材料', 'utf16le'), 'text/plain; charset=utf-8'],
  ])('%s', (_, bytes, mediaType) => {
    expect(kindOf(bytes)?.mediaType).toBe(mediaType);
  });

  test.each([
    ['a program', Buffer.from('7f454c460201010000000000', 'hex')],
    ['a program of another system', Buffer.from('4d5a900003000000040000', 'hex')],
    ['an archive of no known kind', zipOf({ 'a.txt': 'x' })],
    ['an archive cut off', docx('会议材料').subarray(0, 80)],
    ['bytes without meaning', Buffer.from('00ff00ff00ff', 'hex')],
    [
      'an archive that calls itself something else',
      zipOf({ mimetype: 'application/x-program', 'content.xml': '<x/>' }),
    ],
  ])('%s is nothing that is taken', (_, bytes) => {
    expect(kindOf(bytes)).toBeUndefined();
  });
});

describe('a mark of secrecy in a file', () => {
  test.each([
    ['in a text', Buffer.from('机密\n会议材料')],
    ['in a text of older programs', gb18030.marked],
    ['in a text in sixteen bits', Buffer.from('\ufeff【绝密】会议材料', 'utf16le')],
    ['in a text document', docx('【机密】会议材料')],
    ['in a text document, cut into runs', docx('【机', '密', '】会议材料')],
    ['in a text document, written by number', docx('&#26426;&#23494;&#x2605;5年')],
    ['in a cell', xlsx('机密★')],
    ['in an open document', odt('密级：秘密')],
    ['in a fixed layout document', ofd('绝密★长期')],
    ['in the properties of a PDF', pdf('【机密】会议材料')],
  ])('%s is found', (_, bytes) => {
    expect(isClassified(bytes, kindOf(bytes)!)).toBe(true);
  });

  test.each([
    ['a text', Buffer.from('关于保守商业秘密的会议材料')],
    ['a text document', docx('保守', '国家秘密')],
    ['a cell', xlsx('保密承诺')],
    ['a PDF', pdf('会议材料')],
    ['a picture', png],
  ])('is in no %s that bears none', (_, bytes) => {
    expect(isClassified(bytes, kindOf(bytes)!)).toBe(false);
  });
});
