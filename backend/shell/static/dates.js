// Days and times as people read them; the hall's time zone, wherever the browser is.

const TIME = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hourCycle: "h23",
  year: "numeric",
  month: "long",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** Day and time in Lijiang. @param {string} iso */
export function when(iso) {
  return TIME.format(new Date(iso));
}

const DAY = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric" });

/** The day in Lijiang of a moment. @param {string} iso */
export function dayOf(iso) {
  return DAY.format(new Date(iso));
}

/** A calendar day, 「2026年12月4日」. @param {string} iso */
export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** A length of time in its two largest units, 「2小时15分钟」「3天」. @param {number} minutes whole */
export function span(minutes) {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days) return `${days}天${hours ? `${hours}小时` : ""}`;
  if (hours) return `${hours}小时${rest ? `${rest}分钟` : ""}`;
  return `${rest}分钟`;
}
