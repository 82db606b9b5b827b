import type {Finding} from "./views.js";

/**
 * Returns what became of the list of findings when one of them was to be put right, as sentences: of that one first,
 * then of the others. A finding is the same as long as its sentence is; what is left of one has its code and account.
 *
 * @param fixed the finding that something was done about
 * @param before the findings of the same accounts before that, `fixed` among them
 * @param after and after it
 */
export function outcomeOf(
  fixed: Finding,
  before: readonly Finding[],
  after: readonly Finding[]
): {settled: boolean; sentences: string[]} {
  const [old, now] = [before, after].map((list) => new Set(list.map(({sentence}) => sentence)));
  const isNew = ({sentence}: Finding) => !old.has(sentence);
  const isRest = ({code, account}: Finding) => code === fixed.code && account === fixed.account;
  const left = now.has(fixed.sentence) ? [fixed] : after.filter((one) => isRest(one) && isNew(one));
  const gone = [...old].filter((sentence) => sentence !== fixed.sentence && !now.has(sentence)).length;
  const come = after.filter((one) => isNew(one) && !left.includes(one)).map(({sentence}) => sentence);
  const mine = left.length
    ? left.map(({sentence}) => `still so: ${sentence}`)
    : [`settled: ${fixed.sentence}`];
  const others = [
    ...(gone ? [`${gone} ${gone === 1 ? "other finding is" : "other findings are"} gone`] : []),
    ...(come.length ? [`${come.length} ${come.length === 1 ? "is" : "are"} new: ${come[0]}`] : [])
  ];
  return {settled: left.length === 0, sentences: [...mine, ...others]};
}
