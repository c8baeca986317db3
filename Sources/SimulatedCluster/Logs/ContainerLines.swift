import Foundation

/// The lines that one run of a container has written: made up from its name, and the same whenever
/// somebody asks.
///
/// Each line is found by its number, so that the end of a log costs as much as its beginning.
struct ContainerLines: Sendable {
  struct Line: Sendable, Equatable {
    let date: Date
    let text: String
  }

  /// What a kubelet keeps before it begins another file, in lines.
  static let kept = 10_000

  /// Seconds after the start at which the first lines come.
  private static let firstOffsets = [0.05, 0.42, 1.1]

  private let run: ContainerRun
  private let seed: UInt64
  /// Seconds from one line to the next, on the average.
  private let period: Double
  private let program: String

  init(of run: ContainerRun) {
    self.run = run
    let name = "\(run.podPath)/\(run.container)/\(run.restarts)"
    seed = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    period = 4 + Double(seed % 9)
    let image = run.image.split(separator: "/").last.map(String.init) ?? ""
    program = image.isEmpty ? run.container : image.replacing(":", with: " ")
  }

  /// How many lines there are until a time, those of the run's end included.
  func count(until date: Date) -> Int {
    guard let end = run.end, date >= end.date else { return usualCount(until: date) }
    return usualCount(until: end.date) + endTexts(end).count
  }

  /// The number of the first line that is not older than a time.
  func first(since date: Date, until now: Date) -> Int {
    var (low, high) = (0, count(until: now))
    while low < high {
      let middle = (low + high) / 2
      if line(middle).date < date { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A line by its number.
  func line(_ number: Int) -> Line {
    guard let end = run.end else { return usualLine(number) }
    let usual = usualCount(until: end.date)
    guard number >= usual else { return usualLine(number) }
    let texts = endTexts(end)
    return Line(date: end.date, text: texts[min(number - usual, texts.count - 1)])
  }

  // MARK: While it runs

  private func usualCount(until date: Date) -> Int {
    let seconds = date.timeIntervalSince(run.start)
    let first = Self.firstOffsets.count { $0 <= seconds }
    guard first == Self.firstOffsets.count else { return first }
    var count = first + max(0, Int((seconds - Self.firstOffsets[first - 1]) / period))
    // The last line may be due or not, as chance has it within its period.
    if offset(count) <= seconds { count += 1 }
    return count
  }

  /// Seconds from the start to a line; a line comes within its period, so that none overtakes another.
  private func offset(_ number: Int) -> Double {
    guard number >= Self.firstOffsets.count else { return Self.firstOffsets[number] }
    let chance = Double(random(number) >> 40) / Double(1 << 24)
    let last = Self.firstOffsets[Self.firstOffsets.count - 1]
    return last + (Double(number - Self.firstOffsets.count) + chance) * period
  }

  private func random(_ number: Int) -> UInt64 {
    var random = SplitMix64(seed: seed &+ UInt64(number))
    return random.next()
  }

  private func usualLine(_ number: Int) -> Line {
    Line(date: run.start.addingTimeInterval(offset(number)), text: usualText(number))
  }

  private func usualText(_ number: Int) -> String {
    switch number {
    case 0: return "level=info msg=\"starting \(program)\" restarts=\(run.restarts)"
    case 1: return "level=info msg=\"configuration read\" keys=\(3 + seed % 20)"
    case 2: return "level=info msg=\"listening\" address=:8080"
    default: break
    }
    let random = random(number)
    let item = random % 10_000
    switch (random >> 32) % 40 {
    case 0:
      return
        "level=warn msg=\"slow request\" path=/items/\(item) duration=\(1_000 + item % 3_000)ms"
    case 1: return "level=info msg=\"cache refreshed\" entries=\(item)"
    case 2: return "level=warn msg=\"request refused\" path=/items/\(item) status=404"
    default:
      return "level=info msg=\"request served\" path=/items/\(item) status=200 "
        + "duration=\(1 + item % 90)ms"
    }
  }

  // MARK: Its end

  private func endTexts(_ end: ContainerRun.End) -> [String] {
    if end.reason == "OOMKilled" {
      return [
        "level=warn msg=\"memory is nearly used up\" used=97%",
        "level=error msg=\"cannot allocate memory\" bytes=\(1_048_576 + seed % 9)",
      ]
    }
    guard end.exitCode != 0 else { return ["level=info msg=\"finished\""] }
    return [
      "level=warn msg=\"connection lost\" peer=10.96.0.\(1 + seed % 250):5432",
      "level=error msg=\"cannot go on: connection refused\" exit=\(end.exitCode)",
    ]
  }
}
