//! Strategies for whole programs: expressions, mutations of containers, loops, exceptions, generators, classes, closures.
//! Every statement is guarded and prints what came of it, so that one difference does not hide the next.

use super::expressions::{Text, expression, fill, int, scalar, sequence, small, string, value};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const HEAD: &str = "\
def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)
";

/// Pieces of program whose places are filled with values.
const TEMPLATES: &[&str] = &[
    "def f():\n    a = [{}, {}]\n    a.append({})\n    a[{small}:{small}] = [{}]\n    return a, len(a), a.count({})\nshow(f)\n",
    "def f():\n    d = {{int}: {}, {string}: {}}\n    d[{string}] = {}\n    d.setdefault({int}, {})\n    return d, list(d), d.pop({int}, 'none')\nshow(f)\n",
    "def f():\n    s = set([{int}, {int}, {string}])\n    s.add({int}); s.discard({int})\n    return sorted(map(repr, s)), s & set([{int}]), len(s)\nshow(f)\n",
    "def f():\n    try:\n        return {}[{}]\n    except (TypeError, IndexError) as e:\n        return type(e).__name__, str(e)\n    finally:\n        print('finally')\nshow(f)\n",
    "def f():\n    try:\n        raise ValueError({}, {})\n    except ValueError as e:\n        raise KeyError({}) from e\nshow(f)\n",
    "def g():\n    x = yield {}\n    print('got', x)\n    try:\n        yield {}\n    except ValueError as e:\n        yield ('caught', e.args)\n    return {}\ndef f():\n    it = g()\n    a = next(it), it.send({}), it.throw(ValueError({}))\n    try: next(it)\n    except StopIteration as e: return a, e.value\nshow(f)\n",
    "def f():\n    a, *b = {sequence}\n    *c, d = {sequence}\n    return a, b, c, d\nshow(f)\n",
    "class A:\n    k = {}\n    def __init__(self, x): self.x = x\n    def __eq__(self, o): return self.x == getattr(o, 'x', o)\n    def __add__(self, o): return A(self.x + getattr(o, 'x', o))\n    def __repr__(self): return f'A({self.x!r})'\n    def __len__(self): return {small}\n    def __getitem__(self, i): return (self.x, i)\nshow(lambda: A({}) + A({}))\nshow(lambda: A({}) == {})\nshow(lambda: (len(A({})), A(1)[{}], bool(A(2)), A.k))\n",
    "class B:\n    def __init__(self, v): self.__v = v\n    @property\n    def v(self): return self.__v\n    @v.setter\n    def v(self, new): self.__v = (self.__v, new)\nclass C(B):\n    def __lt__(self, o): return self.v < o.v\n    def __str__(self): return '<%s>' % (self.v,)\ndef f():\n    c = C({}); c.v = {}\n    return c.v, str(c), sorted([C({int}), C({int})])[0].v\nshow(f)\nshow(lambda: C({}) < C({}))\n",
    "def outer(n):\n    total = {}\n    def inner(k=n):\n        nonlocal total\n        total = total + k\n        return total\n    return inner\nshow(lambda: [outer({})(), outer({})({})])\n",
    "def f():\n    out = []\n    for i, x in enumerate({sequence}):\n        if i == 3: break\n        if not x: continue\n        out.append((i, x))\n    else:\n        out.append('else')\n    return out\nshow(f)\n",
    "def f(x):\n    match x:\n        case [a, b]: return ('two', a, b)\n        case {'a': v, **rest}: return ('map', v, rest)\n        case int(n) if n > 5: return ('big', n)\n        case str() as s: return ('str', s)\n        case (x, *rest): return ('seq', x, rest)\n        case None | True: return 'none or true'\n        case _: return 'other'\nshow(lambda: f({}))\nshow(lambda: f({sequence}))\n",
    "show(lambda: '{0!r} {1:>8} {2}'.format({}, {string}, {}))\nshow(lambda: f'{{int}:,} {{string}!r:^9}')\n",
    "def f(a, b={}, *c, d={}, **e): return a, b, c, d, e\nshow(lambda: f({}))\nshow(lambda: f(*{sequence}))\nshow(lambda: f(1, z={}, **{'d': {}}))\n",
    "import itertools, functools\nshow(lambda: list(itertools.islice(itertools.cycle({sequence}), 5)))\nshow(lambda: functools.reduce(lambda a, b: a + b, {sequence}))\nshow(lambda: list(itertools.accumulate({sequence})))\n",
];

/// What may stand in the places of templates; made once, for strategies are costly to make.
#[derive(Clone)]
struct Places {
    int: Text,
    small: Text,
    string: Text,
    sequence: Text,
    any: Text,
}

impl Places {
    fn new() -> Places {
        let any = prop_oneof![2 => scalar(), 1 => value()].boxed();
        Places { int: int(), small: small(), string: string(), sequence: sequence(), any }
    }

    fn of(&self, kind: &str) -> Text {
        match kind {
            "int" => self.int.clone(),
            "small" => self.small.clone(),
            "string" => self.string.clone(),
            "sequence" => self.sequence.clone(),
            _ => self.any.clone(),
        }
    }
}

/// A template with its places filled: `{}` and `{int}`, `{small}`, `{string}`, `{sequence}`.
fn filled(template: &'static str, places: &Places) -> Text {
    let mut pattern = template.to_owned();
    let mut kinds = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let after = &rest[at + 1..];
        let end = after.find('}').unwrap_or(after.len());
        if matches!(&after[..end], "" | "int" | "small" | "string" | "sequence") {
            kinds.push(places.of(&after[..end]));
        }
        rest = after;
    }
    for kind in ["int", "small", "string", "sequence"] {
        pattern = pattern.replace(&format!("{{{kind}}}"), "{}");
    }
    kinds.prop_map(move |parts| fill(&pattern, &parts)).boxed()
}

fn statements() -> BoxedStrategy<Vec<String>> {
    let places = Places::new();
    let shown = expression().prop_map(|text| format!("show(lambda: {text})\n"));
    let template = select(TEMPLATES).prop_flat_map(move |template| filled(template, &places));
    prop::collection::vec(prop_oneof![3 => shown, 2 => template], 1..5).boxed()
}

/// The text of the program with this number.
pub fn text(number: u64) -> String {
    thread_local! {
        static STATEMENTS: BoxedStrategy<Vec<String>> = statements();
    }
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let tree = STATEMENTS.with(|statements| statements.new_tree(&mut runner)).expect("the strategies refuse nothing");
    HEAD.to_owned() + &tree.current().concat()
}
