/**
 * What the engines say of one mistake, each in its own words; each mistake is the same in all of them. `name` is a property,
 * or a variable that is not there, which all of them name; `asked` is a piece of the source, of which the last name stays:
 * variables are called otherwise after the next build.
 */
export const MISTAKES: readonly (readonly [mistake: string, said: RegExp])[] = [
  ['nothing has', /^Cannot (?:read|set) property '(?<name>[^']*)' of (?:undefined|null)$/u],
  ['nothing has', /^Cannot (?:read|set) properties of (?:undefined|null)(?: \((?:reading|setting) '(?<name>.*)'\))?$/u],
  ['nothing has', /^can't access property Symbol.iterator, (?<asked>.*) is (?:undefined|null)$/u],
  ['nothing has', /^can't access property "?(?<name>[^",]*)"?, .* is (?:undefined|null)$/u],
  ['nothing has', /^Unable to [gs]et property '(?<name>.*)' of undefined or null reference$/u],
  ['nothing has', /^(?:undefined|null) is not an object \(evaluating '(?<asked>.*)'\)$/u],
  // Of what is taken apart only Chromium says what was asked for.
  ['nothing has', /^Cannot destructure |^Right side of assignment cannot be destructured/u],
  ['nothing has', /^(?:\S{1,200}|\(intermediate value\)) is (?:undefined|null)$/u],
  ['no function', /^(?<asked>.{1,200}?) is not a function(?: or its return value is not iterable|\. \(In .*\))?$/u],
  // Safari says it of what is nothing and of what is no list.
  ['nothing has', /^(?<asked>\S{1,200}) is not iterable$/u],
  [
    'nothing has',
    /^(?:undefined|null|object|\S{1,200}) is not a function \(near '\.\.\.\[?(?<asked>.*?)\]?\.\.\.'\)$/u,
  ],
  ['nothing has', /\bis not iterable\b|^Spread syntax requires|non-iterable/u],
  ['no function', /^Object doesn't support property or method '(?<name>.*)'$/u],
  ['no function', /^Function expected$/u],
  ['no constructor', /^(?:\S{1,200}|\(intermediate value\)) is not a constructor(?: \(evaluating .*)?$/u],
  ['no variable', /^Can't find variable: (?<name>.*)$/u],
  ['no variable', /^'?(?<name>[^\s']{1,200})'? is not defined$/u],
  [
    'no value yet',
    /^(?:Cannot access .* before initialization\.?|can't access lexical declaration .* before initialization|Cannot access uninitialized variable\.?|Use before declaration)$/u,
  ],
  // Safari has one sentence for constants and for what is frozen.
  ['read only', /^(?:Assignment to constant variable\.?|invalid assignment to const .*)$/u],
  [
    'read only',
    /^(?:Cannot assign to read only property .*|.* is read-only|Assignment to (?:const|read-only properties is not allowed in strict mode)|Attempted to assign to (?:readonly property|constant variable)\.?)$/u,
  ],
  ['not extensible', /object is not extensible|^Attempting to define property on object that is not extensible/iu],
  ['not deletable', /^Cannot delete property |non-configurable and can't be deleted|^Unable to delete property/u],
  ['endless recursion', /^(?:Maximum call stack size exceeded\.?|too much recursion|Out of stack space)$/u],
  // A page where data was expected, such as one that says what went wrong.
  [
    'HTML for JSON',
    /^Unexpected token '?<'?.*JSON|^JSON\.parse: unexpected character at line 1 column 1 |^JSON Parse error: Unrecognized token '<'/u,
  ],
  [
    'no JSON',
    /\bJSON\b.*\bposition\b|is not valid JSON$|^JSON\.parse: |^JSON Parse error: |^Unexpected end of JSON input/u,
  ],
  [
    'cyclic JSON',
    /^Converting circular structure to JSON|^cyclic object value|^JSON\.stringify cannot serialize cyclic structures/u,
  ],
  [
    'fetch',
    /^(?:Failed to fetch|NetworkError when attempting to fetch resource\.?|Load failed|The network connection was lost\.?|The Internet connection appears to be offline\.?|network error|cancelled)(?: \([^)]*\))?$/u,
  ],
  [
    'import',
    /^(?:Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed)/u,
  ],
  [
    'array length',
    /^(?:Invalid array length|Array size is not a small enough positive integer\.?|Invalid typed array length.*)$/iu,
  ],
  ['precision', /\b(?:argument|digits) must be between |^precision .* out of range|toString\(\) radix/u],
  ['repeat count', /^Invalid count value|^repeat count must|^String\.prototype\.repeat argument must/u],
  [
    'date',
    /^(?:Invalid time value|invalid date|Invalid Date|date value is not finite.*|Provided date is not in valid range\.?)$/u,
  ],
  ['URI', /^(?:URI malformed|malformed URI sequence|String contained an illegal UTF-16 sequence\.?|URI error)$/u],
  [
    'URL',
    /^(?:Failed to construct 'URL': .*|URL constructor: .*|.* cannot be parsed as a URL.*|Invalid URL|.* is not a valid URL\.?)$/u,
  ],
  [
    'regular expression',
    /^(?:Invalid regular expression|invalid regexp|unterminated (?:parenthetical|character class)|nothing to repeat|invalid (?:range in character class|capture group name)|unmatched \))/iu,
  ],
  [
    'BigInt',
    /^(?:Cannot mix BigInt|can't convert BigInt|Invalid mix of BigInt|Cannot convert a BigInt|Conversion from 'BigInt')/u,
  ],
  ['Symbol', /^(?:Cannot convert a Symbol value|can't convert symbol|Cannot convert a symbol)/iu],
  ['nothing to object', /^(?:Cannot convert undefined or null to object|can't convert (?:undefined|null) to object)$/u],
  [
    'in',
    /^(?:Cannot use 'in' operator |right-hand side of 'in' |cannot use 'in' operator |.* is not an Object\. \(evaluating )/u,
  ],
  ['instanceof', /^(?:Right.hand side of '?instanceof'? |invalid 'instanceof' operand )/iu],
  [
    'class without new',
    /^(?:Class constructor .* cannot be invoked without|class constructors must be invoked with|Cannot call a class constructor)/u,
  ],
  ['super', /super(?:\(\)'?| constructor)/u],
  [
    'private',
    /^(?:Cannot (?:read|write) private member|can't access private field|Cannot access invalid private field|object is not the right class)/u,
  ],
  ['language tag', /^(?:Incorrect locale information provided|invalid language tag: |Invalid language tag: )/u],
  ['empty reduce', /^reduce of empty array with no initial value\.?$/iu],
  ['promises', /^(?:All promises were rejected|No Promise in Promise\.any was resolved)?$/u],
  [
    'syntax',
    /^(?:Unexpected (?:token|identifier|end of|string|number|strict|EOF)|expected expression|missing .* (?:after|before|in)|unexpected token|Invalid or unexpected token|invalid or unexpected|invalid escape|illegal character|unterminated string|Unterminated)/u,
  ],
];

/** Names of errors that browsers' own functions throw, and hardly anybody else: https://webidl.spec.whatwg.org/#idl-DOMException-error-names */
export const OF_BROWSERS =
  /^(?:Abort|DataClone|HierarchyRequest|InUseAttribute|IndexSize|InvalidAccess|InvalidCharacter|InvalidModification|InvalidNodeType|InvalidState|Namespace|NoModificationAllowed|NotAllowed|NotReadable|NotSupported|OptOut|QuotaExceeded|Security|TransactionInactive|TypeMismatch|WrongDocument)Error$/;

/** Names that others give to their errors as well. */
export const ALSO_OF_BROWSERS =
  /^(?:Constraint|Data|Encoding|Network|NotFound|Operation|ReadOnly|Syntax|Timeout|Type|URLMismatch|Unknown|Version)Error$/;

/** What browsers' own functions say, and which of them it was: Chromium, Firefox, and Safari, which does not tell. */
export const SAID_BY_FUNCTION: readonly RegExp[] = [
  /^Failed to (?:execute|set|read|construct|delete|get|enumerate)(?: the)? '(?<called>[^']*)'/u,
  /^(?:[A-Z]\w*\.)?(?<called>\w+)(?: constructor| setter| getter)?: (?:Argument |The |Child |An? |\S+ is |Can|Inv|No |Not |Per|Value |Could )/u,
  /^(?:Type error|Not enough arguments|Argument \d+ \('[^']*'\) to (?:[A-Z]\w*\.)?(?<called>\w+) must be .*)$/u,
  /^(?:The|An?) (?:operation|object|string|quota|node|user|request|attempt|database|index|parameter|new child|media|element|method|transaction|key|play)\b/u,
  /^(?:signal (?:is|timed|was) |String contains |Fetch is aborted|Blocked a frame |'[^']*' is not |\S+ is not a valid |play\(\) |The user)/u,
];
