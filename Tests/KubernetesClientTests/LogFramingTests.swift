import KubernetesObjects
import Testing

@testable import KubernetesClient

@Suite struct LogFramingTests {
  private var framer = LogLineFramer()

  private mutating func lines(_ chunks: [UInt8]...) -> [LogLine] {
    for chunk in chunks { framer.append(chunk) }
    return framer.takeLines().map { LogLine($0) }
  }

  @Test mutating func aCharacterMayComeInTwoPieces() {
    let text = Array("zwölf 🐙\n".utf8)
    for cut in 1..<text.count {
      #expect(lines(Array(text[..<cut]), Array(text[cut...])).map(\.text) == ["zwölf 🐙"])
    }
  }

  @Test mutating func aLineWithoutEndKeepsItsBeginning() {
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for _ in 0..<10 { framer.append(piece) }
    let found = lines(Array("\nnext\n".utf8))
    #expect(found.map(\.text.utf8.count) == [LogLineFramer.longestLine, 4])
    #expect(found.map(\.omittedBytes) == [10 << 20 - LogLineFramer.longestLine, 0])
  }

  @Test(arguments: ["é", "€", "🐙"])
  mutating func whatIsCutIsCutBetweenCharacters(character: String) {
    // The bound falls into a character, wherever the line begins.
    for shift in 0..<4 {
      let lead = String(repeating: "x", count: shift)
      let text = lead + String(repeating: character, count: LogLineFramer.longestLine)
      let found = lines(Array("\(text)\n".utf8))
      #expect(!found[0].text.contains("\u{fffd}"))
      #expect(text.hasPrefix(found[0].text))
      #expect(found[0].text.utf8.count + found[0].omittedBytes == text.utf8.count)
    }
  }

  @Test mutating func timesAreReadToTheNanosecondWhateverTheirZone() {
    let found = lines(
      Array(
        """
        2026-11-23T12:00:00.123456789Z one two
        2026-11-23T14:00:00.123456790+02:00 three\r
        2026-11-23T12:00:00Z
        failed to open the log

        """.utf8
      )
    )
    let noon = Int64(1_795_435_200) * 1_000_000_000
    #expect(
      found.map { $0.time?.nanosecondsSince1970 }
        == [noon + 123_456_789, noon + 123_456_790, noon, nil]
    )
    #expect(found.map(\.text) == ["one two", "three", "", "failed to open the log"])
  }

  private func line(_ second: Int64, _ text: String) -> LogLine {
    LogLine(time: LogTime(nanosecondsSince1970: second * 1_000_000_000), text: text)
  }

  @Test func afterABreakWhatWasDeliveredIsLeftOut() {
    var position = LogPosition()
    let before = [line(1, "a"), line(2, "b"), line(2, "c")]
    #expect(position.admit(before) == before)
    position.resume()
    // The server begins with the whole second, and a line of the same time is new.
    let again = before + [line(2, "d"), line(3, "e")]
    #expect(position.admit(again) == [line(2, "d"), line(3, "e")])
    position.resume()
    #expect(position.admit([line(3, "e")]) == [])
    position.resume()
    #expect(position.admit([line(3, "e"), line(4, "f")]) == [line(4, "f")])
  }

  @Test func linesWhoseTimesGoBackAreDelivered() {
    var position = LogPosition()
    let lines = [line(5, "out"), line(4, "err"), line(6, "out")]
    #expect(position.admit(lines) == lines)
  }
}
