import Foundation
import KubernetesCEL
import Testing

@testable import CEL

/// `docs/expressions.md` lists what expressions may call.
struct FunctionReferenceTests {
  /// Set to anything, the page is written instead of compared.
  private static let variable = "KPATROL_WRITE_DOCS"

  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/expressions.md")

  private static let introduction = """
    # What expressions may call

    Made from the libraries by `\(variable)=1 make test FILTER=FunctionReference`. Expressions are written in the
    [Common Expression Language](https://github.com/google/cel-spec/blob/master/doc/langdef.md), with the functions that Kubernetes adds to it;
    `kpatrol rules eval` tries one out. A name before a dot is the type of the value that a function is called of; `A`, `B`, `T` and `V` stand for
    any type, the same one wherever they stand.

    ## Macros

    | macro | value |
    |---|---|
    | `has(e.f)` | whether the field is there |
    | `e.all(x, p)`, `e.exists(x, p)`, `e.exists_one(x, p)` | whether `p` holds for all, for some, for just one `x` of a list, or of a map's keys |
    | `e.filter(x, p)` | those for which `p` holds |
    | `e.map(x, v)`, `e.map(x, p, v)` | the values of `v` for each, or for each for which `p` holds |
    | `e.all(i, x, p)`, `e.exists(i, x, p)`, `e.existsOne(i, x, p)` | the same with the index too, or with the key and the value |
    | `e.transformList(i, x, v)`, `e.transformList(i, x, p, v)` | a list of values |
    | `e.transformMap(k, x, v)`, `e.transformMap(k, x, p, v)` | a map with the same keys |
    | `e.transformMapEntry(k, x, m)`, `e.transformMapEntry(k, x, p, m)` | a map of all entries of the maps `m` |
    | `e.sortBy(x, k)` | the list in the order of the keys `k` |
    | `cel.bind(x, v, e)` | `e`, in which `x` stands for `v` |
    | `o.optMap(x, v)`, `o.optFlatMap(x, o2)` | `v` or `o2` of an optional's value, if it has one |

    `m.?f` and `m[?k]` are optionals: the value, if it is there. In `[?o]` and `{?k: o}` an optional without a value is left out.
    """

  private static var text: String {
    var lines = [introduction]
    for library in CELLibrary.language + CELLibrary.kubernetes {
      lines += ["", "## \(library.title)", ""]
      lines += library.overloads.map { "- `\($0)`" }.sorted()
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func thePageOfFunctionsIsWhatThereIs() throws {
    if ProcessInfo.processInfo.environment[Self.variable] != nil {
      try Self.text.write(to: Self.path, atomically: true, encoding: .utf8)
    }
    let page = try String(contentsOf: Self.path, encoding: .utf8)
    #expect(page == Self.text, "Run: \(Self.variable)=1 make test FILTER=FunctionReference")
  }

  @Test("All macros are on the page", arguments: Checker.memberMacros)
  func macros(name: String) {
    #expect(Self.introduction.contains(".\(name)("))
  }
}
