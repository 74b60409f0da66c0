/** Values of parameters in words. */
import type { ClockSpan, Period, YearDay } from '../workflows/law';
import { type BookWord, bookText, bookTexts } from './law';
import type { Pair } from './pair';

type Script = keyof Pair;

/** `3 工作日`, `每半年 1 次`, `次年 2 月最后一日`. What is chosen from words stands as those words, which an operator enters. */
export function parameterValueText(value: unknown, unit: string, script: Script): string {
  if (typeof value === 'boolean') return bookText(value ? 'yes' : 'no', script);
  if (typeof value === 'number') return `${value} ${unitText(unit, script)}`;
  if (typeof value === 'string') return unit === 'money' ? `${value} ${unitText(unit, script)}` : plain(value, script);
  if (Array.isArray(value)) return listText(value, unit, script);
  if (isPeriod(value)) return periodText(value, script);
  if (isYearDay(value)) return `${bookText(yearWord(value.yearsAfter), script)} ${value.day}`;
  if (isLength(value)) return parameterValueText(value.amount, value.unit, script);
  if (isSpan(value)) return `${value.from}–${value.to}`;
  return Object.entries(value as object)
    .map(([name, one]) => `${name} ${parameterValueText(one, unit, script)}`)
    .join('，');
}

export const unitText = (unit: string, script: Script): string => bookTexts[`unit.${unit}`]?.[script] ?? unit;

const plain = (word: string, script: Script): string =>
  word === 'none' || word === 'unknown' ? bookText(word, script) : word;

function listText(values: readonly unknown[], unit: string, script: Script): string {
  if (values.length === 0) return bookText('none', script);
  if (values.every((one) => typeof one === 'number')) return `${values.join('、')} ${unitText(unit, script)}`;
  return values.map((one) => parameterValueText(one, unit, script)).join('、');
}

function periodText({ times, every, unit }: Period, script: Script): string {
  const word = unitText(unit, script);
  const span = every === 1 ? bookText(`every.${unit}` as BookWord, script) : ` ${every} ${word}`;
  return bookText('period', script, { span, times });
}

const yearWord = (yearsAfter: number): BookWord => `year.${Math.min(yearsAfter, 3)}` as BookWord;

const isPeriod = (value: object | null | undefined | unknown): value is Period => has(value, 'every');
const isYearDay = (value: unknown): value is YearDay => has(value, 'yearsAfter');
const isLength = (value: unknown): value is { amount: number; unit: string } => has(value, 'amount');
const isSpan = (value: unknown): value is ClockSpan => has(value, 'from') && has(value, 'to');
const has = (value: unknown, name: string): boolean => typeof value === 'object' && value !== null && name in value;
