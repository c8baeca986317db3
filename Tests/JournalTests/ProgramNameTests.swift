import Testing

@testable import Journal

@Suite struct ProgramNameTests {
  @Test func thisProgramRunsAndIsReadAsItIsWritten() {
    let current = ProgramName.current
    #expect(current.isRunning == true)
    #expect(ProgramName(current.description) == current)
  }

  @Test func anotherProcessOfTheSameNumberIsNotTheOne() throws {
    var parts = ProgramName.current.description.split(separator: " ").map(String.init)
    parts[2] = "1"
    #expect(ProgramName(parts.joined(separator: " "))?.isRunning == false)
  }

  @Test func whatRanBeforeTheMachineWasStartedIsOver() throws {
    var parts = ProgramName.current.description.split(separator: " ").map(String.init)
    parts[3] = "another"
    #expect(ProgramName(parts.joined(separator: " "))?.isRunning == false)
  }

  @Test func ofAnotherMachineNothingIsKnown() throws {
    var parts = ProgramName.current.description.split(separator: " ").map(String.init)
    parts[0] += "-other"
    #expect(try #require(ProgramName(parts.joined(separator: " "))).isRunning == nil)
  }

  @Test(arguments: ["", "host", "host x 1 boot", "host 1 1 boot more"])
  func whatIsNoProgramIsNone(text: String) { #expect(ProgramName(text) == nil) }
}
