// Numbers, dates and words as they are shown.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const dates = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** A whole number with its thousands set apart. */
export const count = (number) => whole.format(number);

/** Such as "1 rating", "2,000 ratings". */
export const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** A number with so many decimals. */
export const decimal = (number, digits = 3) =>
  number === undefined
    ? "–"
    : number.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A share as per cent. */
export const percent = (share, digits = 1) => (share === undefined ? "–" : `${decimal(share * 100, digits)} %`);

/** A moment, from seconds since 1970. */
export const moment = (seconds) => (seconds ? dates.format(new Date(seconds * 1000)) : "–");

/** A length of time. */
export function duration(seconds) {
  if (seconds < 60) return `${decimal(seconds, seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Where an item's place comes from, in words. */
export const origins = {
  learned: {
    label: "From ratings",
    style: "",
    text: "Enough people have rated it: its place was learned from their ratings.",
  },
  projected: {
    label: "New: from content",
    style: "cold",
    text: "Nobody has rated it yet: its place comes from its poster, texts and facts.",
  },
  blended: {
    label: "New: warming up",
    style: "warm",
    text: "It came after the training: first ratings have begun to correct the place that its content gave it.",
  },
};
