import ObjectBuilders

@testable import CEL

/// Makes expressions at random: some that mean something, most that do not.
struct RandomExpressions {
  var random: SeededGenerator
  /// Texts that are changed, and taken to pieces.
  let samples: [String]
  private let words: [String]

  init(seed: UInt64, samples: [String]) {
    random = SeededGenerator(seed: seed)
    self.samples = samples
    let found = samples.flatMap { sample in
      ((try? Lexer.tokens(of: sample)) ?? []).dropLast().map { token in
        String(decoding: Array(sample.utf8)[token.offset..<token.end], as: UTF8.self)
      }
    }
    words = Array(Set(found)).sorted() + Self.functions
  }

  private static let functions = [
    "size", "matches", "format", "optMap", "transformMap", "sortBy", "flatten", "distinct", "slice",
    "quantity", "semver", "url", "isSorted", "sum", "regex", "replace", "extractAll", "lists",
    "range", "cel", "bind", "split", "join", "validate", "findAll", "object", "list", "number",
  ]

  mutating func text() -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<3: mutated(random.pick(samples))
    case 3: spliced()
    case 4: words(count: Int.random(in: 1..<20, using: &random))
    default: expression(depth: Int.random(in: 1..<6, using: &random)).description
    }
  }

  // MARK: Texts

  private mutating func mutated(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1..<5, using: &random) where !scalars.isEmpty {
      let position = Int.random(in: 0..<scalars.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: scalars.remove(at: position)
      case 1: scalars.insert(random.pick(Self.characters), at: position)
      case 2: scalars[position] = random.pick(Self.characters)
      case 3:
        let end = min(scalars.count, position + Int.random(in: 1..<12, using: &random))
        scalars.insert(contentsOf: scalars[position..<end], at: position)
      default: scalars.swapAt(position, Int.random(in: 0..<scalars.count, using: &random))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static let characters = Array(
    "()[]{}.,:?!-+*/%<>=&|'\"\\`rbu0129xXeE_aé😀\u{0}\n\u{301}{$^".unicodeScalars
  )

  private mutating func spliced() -> String {
    let (first, second) = (random.pick(samples), random.pick(samples))
    let symbol = random.pick([
      " == ", " && ", " || ", " + ", " in ", " ? 1 : ", ".map(x, ", "[", ", ",
    ])
    return first + symbol + second
  }

  private mutating func words(count: Int) -> String {
    (0..<count).map { _ in random.pick(words) }.joined(separator: " ")
  }

  // MARK: Trees

  mutating func expression(depth: Int) -> Expression {
    Expression(depth <= 0 ? leaf() : kind(depth: depth), at: 0)
  }

  private mutating func leaf() -> Expression.Kind {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: .literal(.int(random.pick([0, 1, -1, 2, 42, .max, .min])))
    case 1: .literal(.uint(random.pick([0, 1, 7, .max])))
    case 2: .literal(.double(random.pick([0, -0.0, 1.5, -2, 1e300, .leastNonzeroMagnitude])))
    case 3: .literal(.string(random.pick(Self.strings)))
    case 4: .literal(.bytes(random.pick([[], [0, 255], Array("a\"\\".utf8)])))
    case 5: .literal(random.pick([.null, .bool(true), .bool(false)]))
    case 6: .list([])
    case 7: .map([])
    default: .identifier(random.pick(Self.names))
    }
  }

  static let names = ["object", "list", "number", "text", "x", "y", "string", "int", "type"]
  private static let strings = [
    "", "a", "b", "name", "é", "e\u{301}", "😀", "\n\"'\\`", "(a+)+$", "1h", "1Gi", "1.2.3", "%s %d",
    "2009-02-13T23:31:30Z", "10.0.0.1", "https://a/b?c=d", "US/Central",
  ]

  private mutating func kind(depth: Int) -> Expression.Kind {
    let deeper = depth - 1
    switch Int.random(in: 0..<16, using: &random) {
    case 0: return leaf()
    case 1:
      return .select(
        expression(depth: deeper),
        field: random.pick(["name", "items", "a b", "as", "spec"]),
        isOptional: random.oneIn(3)
      )
    case 2:
      return .index(
        expression(depth: deeper),
        expression(depth: deeper),
        isOptional: random.oneIn(3)
      )
    case 3: return .list(elements(depth: deeper))
    case 4: return .map(entries(depth: deeper))
    case 5:
      // A minus before a number is part of it, and two of the same sign are none.
      let operand = Expression(.identifier(random.pick(Self.names)), at: 0)
      return .unary(random.oneIn(2) ? .not : .negative, operand)
    case 6, 7, 8:
      return .binary(
        random.pick(BinaryOperator.allCases),
        expression(depth: deeper),
        expression(depth: deeper)
      )
    case 9:
      let terms = (0..<Int.random(in: 2..<4, using: &random)).map { _ in expression(depth: deeper) }
      return .logical(random.oneIn(2) ? .and : .or, terms)
    case 10:
      return .conditional(
        expression(depth: deeper),
        expression(depth: deeper),
        expression(depth: deeper)
      )
    case 11: return macro(depth: deeper)
    case 12:
      return .message(
        "a.B",
        [.init(name: "c", value: expression(depth: deeper), isOptional: false)]
      )
    default: return call(depth: deeper)
    }
  }

  private mutating func elements(depth: Int) -> [Expression.Element] {
    (0..<Int.random(in: 0..<4, using: &random)).map { _ in
      .init(value: expression(depth: depth), isOptional: random.oneIn(8))
    }
  }

  private mutating func entries(depth: Int) -> [Expression.Entry] {
    (0..<Int.random(in: 0..<3, using: &random)).map { _ in
      .init(
        key: expression(depth: 0),
        value: expression(depth: depth),
        isOptional: random.oneIn(8)
      )
    }
  }

  private mutating func macro(depth: Int) -> Expression.Kind {
    let name = random.pick(Checker.memberMacros)
    let variables = ["x", "y"].prefix(name.hasPrefix("transform") ? 2 : random.oneIn(3) ? 2 : 1)
      .map { Expression(.identifier($0), at: 0) }
    let bodies = (0..<Int.random(in: 1..<3, using: &random)).map { _ in expression(depth: depth) }
    return .call(name, target: expression(depth: depth), arguments: variables + bodies)
  }

  private mutating func call(depth: Int) -> Expression.Kind {
    let overload = random.pick(Self.overloads)
    let arguments = overload.parameters.map { type in
      random.oneIn(4) ? expression(depth: depth) : Expression(value(of: type, depth: depth), at: 0)
    }
    let parts = overload.name.split(separator: ".").map(String.init)
    if overload.isMember {
      return .call(overload.name, target: arguments[0], arguments: Array(arguments.dropFirst()))
    }
    guard parts.count > 1 else { return .call(overload.name, target: nil, arguments: arguments) }
    let target = Expression(.identifier(parts[0]), at: 0)
    return .call(parts[1], target: target, arguments: arguments)
  }

  private static let overloads = CELEnvironment(variables: [], libraries: fuzzedLibraries)
    .functions.sorted { $0.key < $1.key }.flatMap(\.value)

  /// Something of a type, for the most part.
  private mutating func value(of type: CELType, depth: Int) -> Expression.Kind {
    switch type {
    case .int: .literal(.int(random.pick([0, 1, 2, 5, -1, 1_000_000_000, .max, .min])))
    case .uint: .literal(.uint(random.pick([0, 1, 63, .max])))
    case .double: .literal(.double(random.pick([0, 1.5, -2.5, 1e19, 1e300])))
    case .string: .literal(.string(random.pick(Self.strings)))
    case .bytes: .literal(.bytes(random.pick([[], [104, 105], [0xC3, 0x28]])))
    case .bool: .literal(.bool(random.oneIn(2)))
    case .list: .list(elements(depth: depth - 1))
    case .map: .map(entries(depth: depth - 1))
    case .duration: conversion("duration", random.pick(["1h", "-5m", "2562047h", "0.5s"]))
    case .timestamp:
      conversion("timestamp", random.pick(["2009-02-13T23:31:30Z", "9999-12-31T23:59:59Z"]))
    case .optional: optional(depth: depth - 1)
    case .opaque(let name): opaque(name)
    default: expression(depth: depth - 1).kind
    }
  }

  private func conversion(_ name: String, _ text: String) -> Expression.Kind {
    .call(name, target: nil, arguments: [Expression(.literal(.string(text)), at: 0)])
  }

  private mutating func optional(depth: Int) -> Expression.Kind {
    let namespace = Expression(.identifier("optional"), at: 0)
    guard random.oneIn(3) else {
      return .call("of", target: namespace, arguments: [expression(depth: depth)])
    }
    return .call("none", target: namespace, arguments: [])
  }

  private func opaque(_ name: String) -> Expression.Kind {
    switch name {
    case "net.IP": conversion("ip", "10.0.0.1")
    case "net.CIDR": conversion("cidr", "10.0.0.0/8")
    case "kubernetes.Quantity": conversion("quantity", "1.5Gi")
    case "kubernetes.Semver": conversion("semver", "1.2.3")
    case "kubernetes.URL": conversion("url", "https://a/b?c=d")
    default: .call("uuid", target: Expression(.identifier("format"), at: 0), arguments: [])
    }
  }
}
