import Foundation
import Testing

@testable import TerminalKit

@Suite struct DirectColorTests {
  private var basic: TerminalDescription {
    var description = TerminalDescription(title: Array("t|a terminal\0".utf8), flags: [0, 1])
    description.set(number: 13, to: 256)
    description.set(string: 10, to: "clear")
    return description
  }

  @Test func whatIsWrittenIsReadAgain() {
    let extended = TerminalDescription(
      flags: [1],
      numbers: [7],
      strings: [Array("value".utf8), nil],
      names: [Array("AX".utf8), Array("N".utf8), Array("S1".utf8), Array("S2".utf8)]
    )
    let bytes = basic.written(isExtended: false) + extended.written(isExtended: true)
    var reader = DescriptionReader(bytes)
    #expect(reader.basicPart() == basic)
    #expect(reader.extendedPart() == extended)
  }

  @Test func aPatchedDescriptionSendsColoursAsTheyAre() throws {
    let patched = try #require(DirectColor.patched(basic.written(isExtended: false)))
    var reader = DescriptionReader(patched)
    let basicPart = reader.basicPart()
    let part = try #require(basicPart)
    #expect(part.numbers[13] == 1 << 24)
    #expect(part.strings[10] == Array("clear".utf8))
    let foreground = String(decoding: try #require(part.strings[359]), as: UTF8.self)
    #expect(foreground.contains("38;2;"))
    #expect(reader.extendedPart()?.names == [Array("RGB".utf8)])
  }

  @Test("What is no description is left alone", arguments: [[], [1, 2, 3], [0o32, 1, 255, 255]])
  func refuses(bytes: [UInt8]) { #expect(DirectColor.patched(bytes) == nil) }
}
