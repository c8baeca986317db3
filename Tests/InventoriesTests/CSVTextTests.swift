import TestServers
import Testing
import WireFormats

@testable import Inventories

/// Comma-separated values as spreadsheets write them.
@Suite(.fewAtOnce) struct CSVTextTests {
  @Test func fieldsStandUnderTheNamesOfTheHeader() throws {
    let text = try CSVText("\u{FEFF}name, address\r\nnode-1,192.0.2.1\r\n\r\nnode-2,\r\n")
    #expect(text.rows.map(\.line) == [2, 4])
    #expect(text.rows[0].record == ["name": "node-1", "address": "192.0.2.1"])
    #expect(text.rows[1].record == ["name": "node-2", "address": ""])
  }

  @Test func aQuotedFieldMayHoldAnything() throws {
    let text = try CSVText("a,b\n\"x,\"\"y\"\"\n z\",1\n2,\"\"\n")
    #expect(text.rows[0].record == ["a": "x,\"y\"\n z", "b": "1"])
    #expect(text.rows[1].record == ["a": "2", "b": ""])
    #expect(text.rows[1].line == 4)
  }

  @Test("Semicolons and tabs separate, too", arguments: [";", "\t"])
  func separators(separator: String) throws {
    let text = try CSVText("a\(separator)b\n1\(separator)2")
    #expect(text.rows.map(\.record) == [["a": "1", "b": "2"]])
  }

  @Test func aShortRowLacksItsLastFields() throws {
    #expect(try CSVText("a,b,c\n1,2").rows[0].record == ["a": "1", "b": "2"])
  }

  @Test(
    "What cannot be read is told with its line",
    arguments: [
      ("a,b\n1,2\n1,2,3", 3, "3 fields, where the header has 2"),
      ("a,b\n1,2\n\"x", 3, "a quote is not closed"),
      ("a,b,a\n1,2,3", 1, "the header has \"a\" twice"),
    ]
  )
  func problems(text: String, line: Int, reason: String) {
    #expect(throws: CSVText.Problem(line: line, reason: reason)) { try CSVText(text) }
  }
}
