/** Classes that know their objects across copies of this package, such as one for ES modules and one for CommonJS. */

/** Lets `instanceof` look for a mark, which every copy of the class gives to its objects. */
export function marked(ours, name) {
  const mark = Symbol.for(`pocket-kms.${name}`);
  Object.defineProperty(ours.prototype, mark, { value: true });
  Object.defineProperty(ours, Symbol.hasInstance, {
    // A subclass still knows its own objects alone.
    value(value) {
      return this === ours ? value?.[mark] === true : Function.prototype[Symbol.hasInstance].call(this, value);
    },
  });
}

/** `using` calls the method of this name; engines that do not know it yet run code in which a compiler wrote it so. */
export const DISPOSE = Symbol.dispose ?? Symbol.for('Symbol.dispose');

/** The same for `await using`. */
export const ASYNC_DISPOSE = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
