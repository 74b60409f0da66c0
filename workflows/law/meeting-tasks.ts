/**
 * What each kind of meeting is for, by the number that an item carries as its category. In our own words; the forum of an
 * item is told from these.
 */
import type { MeetingKind } from './authority/quorum';
import type { Article } from './citation';

export interface MeetingTask {
  /** Counted from 1 within the article. */
  number: number;
  task: string;
}

export interface MeetingTasks {
  article: Article;
  /** In the order of their numbers. */
  tasks: readonly MeetingTask[];
}

function tasks(article: Article, ...texts: string[]): MeetingTasks {
  return { article, tasks: texts.map((task, i) => ({ number: i + 1, task })) };
}

export const meetingTasks: Record<MeetingKind, MeetingTasks> = {
  plenary: tasks(
    42,
    'Pass on and carry out what superiors decided.',
    'Discuss and decide major matters.',
    'Deploy important work.',
    'Inform on economy and society of the city.',
  ),
  'party-group': tasks(
    43,
    'Study and pass on what comes from the Party centre.',
    'Carry out decisions of the Party at every level above.',
    'Study strategy, important work and major matters of the government.',
    'Party building in the group and in the system of government.',
    'Other major questions that belong before the group.',
  ),
  standing: tasks(
    44,
    'Pass on and carry out decisions of superiors and of the standing committee of the congress.',
    'Matters to be submitted or reported to the regional government or laid before the Municipal Party Committee.',
    'Bills, drafts, reports and matters for the standing committee of the congress; matters CPPCC is told of.',
    'Regular study of law; rules, and important normative documents.',
    'Plans, budget and accounts, audit report; regular analysis of the economy; major policies.',
    'Major investment, construction, resources, distribution, state assets, awards; livelihood and other matters of great public concern.',
    'Additions to the budget from the threshold on.',
    'Honours to be reported upward, with approval of the Party Committee when necessary, and those the city grants.',
    'Important requests of departments and of county and district governments.',
    'Appointment and removal, reward and punishment of staff of the government.',
    'Other major matters.',
  ),
  'mayors-office': tasks(
    45,
    'Important matters of daily work.',
    'Matters a vice mayor cannot decide within his own field.',
    'Matters that touch the fields of two or more vice mayors.',
    'Whatever the mayor thinks fit.',
  ),
  special: tasks(
    46,
    'Concrete matters of work already settled.',
    'Coordination within the field of a vice mayor.',
    'Preparation of normative documents and major matters for standing or mayor’s-office meetings.',
  ),
};

/** The task of a number in a kind of meeting; undefined where there is none. */
export function meetingTask(kind: MeetingKind, number: number): MeetingTask | undefined {
  return meetingTasks[kind].tasks[number - 1];
}
