import ArgumentParser
import Foundation
import WireFormats

/// Measures what KPatrol must reach and prints each number beside its target.
@main
struct KPatrolBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kpatrol-bench",
    abstract: "Measures what KPatrol must reach and prints each number beside its target.",
    discussion: """
      Targets that are missed are printed and change no exit code; 1 means that something could not be measured.
      """
  )

  /// How many changes happen a second while the screens are measured.
  ///
  /// A quarter of them are Events, which nobody follows, so that over 2,000 a second reach the model.
  private static let churn = 3_000

  @Argument(help: "Measure only what has this in its title.")
  var part = ""

  @Flag(help: "Measure only at a tenth of the full size.")
  var quick = false

  @Flag(help: "Print what can be measured, and measure nothing.")
  var list = false

  @Option(
    help: ArgumentHelp(
      "Write the results as JSON to this file, or - for standard output.",
      valueName: "file"
    )
  )
  var json: String?

  private var sizes: [ClusterSize] { quick ? [.tenth] : [.tenth, .third, .full] }

  private var benchmarks: [any Benchmark] {
    let largest = quick ? ClusterSize.tenth : .full
    let decoding: [any Benchmark] = [WireEncoding.json, .protobuf].map(DecodePods.init)
    let transfers: [any Benchmark] = [WireEncoding.json, .protobuf].map(TransferPods.init)
    // Memory of this process is measured before others have used it.
    let memory: [any Benchmark] = [
      ResidentMemory(size: largest),
      ChurnMemory(size: quick ? .tenth : .fifth, eventCount: quick ? 100_000 : 1_000_000),
    ]
    let syncs: [any Benchmark] =
      (quick ? sizes : [.tenth, .fifth, .third, .full]).map { FirstSync(size: $0) }
      + sizes.map { FirstSync(size: $0, clusters: 2) }
      + [FirstSync(size: largest, reader: .everything)]
      + (quick ? sizes : [.fifth, .full]).map { FirstSync(size: $0, isPaced: true) }
    let screens: [any Benchmark] = [
      BusyCluster(size: largest, churn: Self.churn),
      ChangeToScreen(size: largest, churn: Self.churn),
      KeyToFrame(size: largest, churn: Self.churn),
      KeyToRows(size: largest, churn: Self.churn),
      IdleProgram(size: largest),
      IdleProgram(size: largest, command: "pulse"),
      IdleProgram(size: largest, command: "checks"),
      BusyProgram(size: largest, churn: Self.churn),
      BytesPerFrame(size: largest),
      AttachedProgram(size: quick ? .tenth : .fifth, churn: 0),
      AttachedProgram(size: quick ? .tenth : .fifth, churn: Self.churn),
      AgentAtWork(size: largest, churn: Self.churn),
      ShardTakeOver(size: largest),
    ]
    return memory + decoding
      + sizes.map { WatchEvents(change: .address, encoding: .protobuf, size: $0) as any Benchmark }
      + [
        WatchEvents(change: .address, encoding: .json, size: largest),
        WatchEvents(change: .none, encoding: .protobuf, size: largest),
        WatchEvents(change: .none, encoding: .json, size: largest),
      ]
      + sizes.map { FullInspection(size: $0) as any Benchmark }
      + sizes.map { RuleInspection(size: $0) as any Benchmark }
      + [FilterRows(), LogLines(), InventoryLookups(), EvaluateExpressions()] + transfers + syncs
      + [
        BytesPerObject(size: largest)
      ]
      + screens
  }

  func run() async throws {
    let wanted = benchmarks.filter { part.isEmpty || $0.title.contains(part) }
    guard !list else { return wanted.forEach { print($0.title) } }
    guard !wanted.isEmpty else {
      throw ValidationError("Nothing has \(part) in its title; see --list.")
    }
    show([ResultsTable.header])
    var measurements: [Measurement] = []
    var hasFailed = false
    for benchmark in wanted {
      do {
        let new = try await benchmark.run()
        for measurement in new { show(ResultsTable.lines(of: measurement)) }
        measurements += new
      } catch {
        hasFailed = true
        show(["\(benchmark.title): could not be measured: \(error)"])
      }
    }
    let growth = Growth(points: measurements.compactMap(\.point)).measurements
    for measurement in growth { show(ResultsTable.lines(of: measurement)) }
    try write(ResultsDocument(measurements: measurements + growth, isQuick: quick))
    if hasFailed { throw ExitCode.failure }
  }

  /// Prints lines of the table, on standard error where standard output is for programs.
  private func show(_ lines: [String]) {
    let text = lines.joined(separator: "\n") + "\n"
    let output = json == "-" ? FileHandle.standardError : .standardOutput
    output.write(Data(text.utf8))
  }

  private func write(_ document: ResultsDocument) throws {
    switch json {
    case "-"?: FileHandle.standardOutput.write(Data(document.text.utf8))
    case let file?: try document.text.write(toFile: file, atomically: true, encoding: .utf8)
    case nil: break
    }
  }
}
