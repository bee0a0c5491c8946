const keyOf = (folder: string): string => `questions-later:${folder}`;

/** Whether the clerk has put off an archive's open questions of the plan: the way then leads on without them. */
export const areQuestionsPutOff = (folder: string): boolean => localStorage.getItem(keyOf(folder)) !== null;

export const putOffQuestions = (folder: string, later: boolean): void => {
  if (later) localStorage.setItem(keyOf(folder), 'yes');
  else localStorage.removeItem(keyOf(folder));
};
