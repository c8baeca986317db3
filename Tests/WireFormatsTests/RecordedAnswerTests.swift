import Testing
import WireFormats

struct RecordedAnswerTests {
  @Test("Recorded answers survive parsing, encoding and parsing", arguments: Fixture.allCases)
  func roundTrips(fixture: Fixture) throws {
    let documents = try fixture.documents()
    #expect(documents.count >= 1)
    for document in documents {
      let value = try JSONValue(parsing: document)
      #expect(try JSONValue(parsing: value.encoded()) == value)
      #expect(value["kind"] != nil || value["type"] != nil)
    }
  }

  @Test("Skipping agrees with parsing on recorded answers", arguments: Fixture.allCases)
  func skips(fixture: Fixture) throws {
    for document in try fixture.documents() {
      #expect(try read(document) { reader throws(WireError) in try reader.rawValue() }.count > 1)
    }
  }

  @Test func aWatchIsCutIntoItsEvents() throws {
    var framer = LineFramer()
    framer.append(try Fixture.watch.body())
    var types: [String] = []
    while let line = framer.nextLine() {
      types.append(try JSONValue(parsing: line)["type"]?.stringValue ?? "none")
    }
    #expect(types.count >= 2)
    #expect(Set(types).isSubset(of: ["ADDED", "MODIFIED", "DELETED", "BOOKMARK"]))
  }
}
