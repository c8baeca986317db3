import Foundation
import KubernetesCEL
import Testing
import WireFormats

@testable import CEL

let fuzzedLibraries = CELLibrary.kubernetes

/// Expressions at random; `KPATROL_FUZZ_SECONDS=600 make test FILTER=FuzzTests` goes on for ten minutes.
struct FuzzTests {
  private static let seconds = ProcessInfo.processInfo.environment["KPATROL_FUZZ_SECONDS"]
    .flatMap(Double.init)

  private static let environment = CELEnvironment(
    variables: [
      .init("object"), .init("list", .list(.dynamic)), .init("number", .int),
      .init("text", .string),
    ],
    libraries: fuzzedLibraries
  )

  private static let values: [CELValue?] = [
    .map(CELMap(["name": .string("web"), "items": .list([.int(1), .string("a"), .null])])),
    .list([.int(3), .int(1), .int(2), .double(1.5)]), .int(7), .string("héllo"),
  ]

  @Test("Whatever is written, evaluation ends, and means the same however it is looked at")
  func randomExpressions() throws {
    let samples = try ConformanceCase.all().map(\.expression)
    let seed = Self.seconds == nil ? 1 : UInt64(Date().timeIntervalSince1970)
    var expressions = RandomExpressions(seed: seed, samples: samples)
    let end = Self.seconds.map { Date(timeIntervalSinceNow: $0) }
    var counts = (all: 0, parsed: 0, checked: 0, evaluated: 0)
    var slowest = (time: 0.0, text: "")
    while end.map({ $0 > Date() }) ?? (counts.all < 4000) {
      let text = expressions.text()
      counts.all += 1
      let start = clock()
      try check(text, &counts)
      let time = Double(clock() - start) / Double(CLOCKS_PER_SEC)
      if time > slowest.time { slowest = (time, text) }
    }
    print(
      """
      CEL fuzzing, seed \(seed): \(counts.all) expressions, of which \(counts.parsed) could be parsed, \
      \(counts.checked) had no fault, \(counts.evaluated) had a value; the slowest took \(slowest.time) s of \
      processor time: \(slowest.text.prefix(300).debugDescription)
      """
    )
    #expect(counts.parsed * 4 > counts.all)
    #expect(counts.evaluated * 50 > counts.all)
  }

  private func check(
    _ text: String,
    _ counts: inout (all: Int, parsed: Int, checked: Int, evaluated: Int)
  ) throws {
    guard let expression = try? Expression.parse(text) else { return }
    counts.parsed += 1
    #expect(try Expression.parse(expression.description) == expression, "\(text.debugDescription)")
    let unchecked = try? Self.environment.compile(text, isChecked: false).outcome(Self.values)
    guard let program = try? Self.environment.compile(text) else { return }
    counts.checked += 1
    let outcome = program.outcome(Self.values)
    guard case .success(let value) = outcome.result else {
      if case .success(let other)? = unchecked?.result {
        Issue.record("\(text.debugDescription) is \(other) only where it is not checked")
      }
      return
    }
    counts.evaluated += 1
    #expect(program.type.accepts(value), "\(text.debugDescription) is \(value), no \(program.type)")
    guard let json = try? value.typedJSON() else { return }
    if case .success(let other)? = unchecked?.result {
      #expect(try other.typedJSON() == json, "\(text.debugDescription)")
    } else {
      Issue.record("\(text.debugDescription) is \(value) only where it is checked")
    }
    if let read = CELValue(typedJSON: json) { #expect(try read.typedJSON() == json) }
  }
}
