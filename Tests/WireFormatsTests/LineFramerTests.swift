import Testing
import WireFormats

struct LineFramerTests {
  private func lines(of framer: inout LineFramer) -> [String] {
    var lines: [String] = []
    while let line = framer.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }

  @Test func linesAreFoundAcrossEverySplitPosition() {
    let text = Array("first\n\nsecond line\n{\"third\":3}\nrest".utf8)
    for first in 0...text.count {
      for second in first...text.count {
        var framer = LineFramer()
        var found: [String] = []
        for chunk in [text[..<first], text[first..<second], text[second...]] {
          framer.append(Array(chunk))
          found += lines(of: &framer)
        }
        #expect(found == ["first", "second line", "{\"third\":3}"])
        #expect(framer.pendingBytes == 4)
      }
    }
  }

  @Test func aLineMayComeByteByByte() {
    var framer = LineFramer()
    for byte in String(repeating: "x", count: 5_000).utf8 {
      framer.append([byte])
      #expect(framer.nextLine() == nil)
    }
    #expect(framer.pendingBytes == 5_000)
    framer.append(Array("\n".utf8))
    #expect(framer.nextLine()?.count == 5_000)
    #expect(framer.pendingBytes == 0)
  }

  @Test func chunksMayBeAppendedBeforeAnyLineIsTaken() {
    var framer = LineFramer()
    for number in 0..<1_000 { framer.append(Array("line \(number)\nli".utf8.dropLast(2))) }
    #expect(framer.nextLine() == Array("line 0".utf8))
    framer.append(Array("tail".utf8))
    #expect(lines(of: &framer).count == 999)
    #expect(framer.pendingBytes == 4)
  }

  @Test func interleavedTakingAndAppendingLosesNothing() {
    var random = SeededRandom(state: 7)
    let expected = (0..<2_000).map { "\($0):" + String(repeating: "y", count: $0 % 97) }
    let stream = Array((expected.joined(separator: "\n") + "\n").utf8)
    var framer = LineFramer()
    var found: [String] = []
    var position = 0
    while position < stream.count {
      let end = min(stream.count, position + Int.random(in: 1...700, using: &random))
      framer.append(Array(stream[position..<end]))
      position = end
      if Bool.random(using: &random), let line = framer.nextLine() {
        found.append(String(decoding: line, as: UTF8.self))
      }
    }
    #expect(found + lines(of: &framer) == expected)
    #expect(framer.pendingBytes == 0)
  }

  @Test func aLineOfTheLargestSizePasses() {
    var framer = LineFramer(maximumLineBytes: 5)
    framer.append(Array("12345\n12345".utf8))
    #expect(lines(of: &framer) == ["12345"])
    #expect(!framer.isOverLimit)
  }

  @Test("A longer line stops the framer", arguments: ["ok\n123456", "ok\n123456\nok\n"])
  func refuses(text: String) {
    var framer = LineFramer(maximumLineBytes: 5)
    framer.append(Array(text.utf8))
    #expect(lines(of: &framer) == ["ok"])
    #expect(framer.isOverLimit)
    framer.append(Array("more\n".utf8))
    #expect(lines(of: &framer).isEmpty)
    #expect(framer.pendingBytes == 0)
  }
}
