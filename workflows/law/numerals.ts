const DIGITS = '零一二三四五六七八九';
const UNITS = ['', '十', '百', '千'];

/**
 * A whole number from 1 to 9999 as the articles of Chinese instruments are numbered: 61 is 六十一, 1010 is 一千零一十.
 * @throws RangeError for any other number
 */
export function chineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 9999) {
    throw new RangeError(
      `${value} cannot be written as the number of an article; expected a whole number from 1 to 9999.`,
    );
  }
  let written = '';
  let skipped = false;
  for (let power = 3; power >= 0; power--) {
    const digit = Math.floor(value / 10 ** power) % 10;
    if (digit === 0) {
      skipped = written !== '';
      continue;
    }
    written += (skipped ? '零' : '') + DIGITS[digit] + UNITS[power];
    skipped = false;
  }
  return written.replace(/^一十/, '十');
}
