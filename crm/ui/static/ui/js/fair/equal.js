// Whether two values say the same. The server orders keys, and adds what became of an opt-in.

const plain = (_key, value) => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const { state: _state, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).sort());
};
const written = (value) => JSON.stringify(value ?? null, plain);
export const same = (a, b) => written(a) === written(b);
