import {expect, it} from "vitest";
import {englishName, unknownLanguage} from "../../../../lib/statements/csv/dictionary.js";

it("englishName(name) leaves a name alone that the dictionary does not have", () => {
  expect(englishName("Xintro")).toBe("Xintro");
});

it("unknownLanguage(names, line) lists each name once, the first eight of many", () => {
  const {problem} = unknownLanguage(["Xa", "Xb", "Xa"], 3);
  expect(problem).toEqual({
    code: "language",
    message:
      'the file is in a language that is not read, or its names are new: "Xa", "Xb": set the statement language to English and download it again',
    where: "line 3"
  });
  const many = unknownLanguage(
    Array.from({length: 10}, (_, i) => `X${i}`),
    1
  );
  expect(many.message).toContain('"X7" and 2 more');
});
