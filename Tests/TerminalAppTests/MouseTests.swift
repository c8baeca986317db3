import Foundation
import Healing
import Inspection
import Monitoring
import TerminalKit
import Testing

@testable import TerminalApp

@Suite struct MouseTests {
  private var driver = AppDriver()
  private let findings = [Sample.finding(1), Sample.finding(2)]

  @Test mutating func aClickSelectsAndASecondOneOpens() {
    driver.show(findings)
    driver.click(row: 5)
    #expect(driver.lines[5].hasPrefix("> ✖"))
    driver.click(row: 9)
    #expect(driver.lines[5].hasPrefix("> ✖"), "There is nothing on that row.")
    #expect(driver.click(row: 5).contains(.loadDetail(findings[1].id)))
    #expect(driver.lines[1].hasPrefix("── Finding "))
  }

  @Test mutating func theFirstClickOnlySelectsEvenWhatTheSelectionBeginsOn() {
    driver.show(findings)
    driver.click(row: 4)
    #expect(driver.lines[1].hasPrefix("── Findings "))
    driver.click(row: 4)
    #expect(driver.lines[1].hasPrefix("── Finding "))
  }

  @Test mutating func theWheelMovesTheSelectionAndScrollsText() {
    driver.show((0..<9).map { Sample.finding($0) })
    _ = driver.wheel(3)
    #expect(driver.lines[7].hasPrefix("> ✖"))
    _ = driver.wheel(-3)
    #expect(driver.lines[4].hasPrefix("> ✖"))
    driver.resize(60, 16)
    driver.press("?")
    let top = driver.lines[2]
    _ = driver.wheel(3)
    #expect(driver.lines[2] != top)
  }

  @Test mutating func aClusterIsClickedLikeAFinding() {
    var other = Sample.status()
    other.name = "other"
    driver.show(findings, [Sample.status(), other])
    driver.press("F")
    driver.click(row: 4)
    #expect(driver.lines[4].hasPrefix("> other"))
    driver.click(row: 4)
    #expect(driver.lines[1].hasPrefix("── Findings of other "))
  }

  @Test mutating func aRemedyIsProposedByAClickOnIt() throws {
    driver.show(findings)
    driver.press("enter")
    let proposal = Proposal.plan(Sample.plan(findings[0], .key("y")))
    driver.take(.detail(Sample.detail(findings[0], proposal), for: findings[0].id))
    let row = try #require(driver.lines.firstIndex { $0.contains("1 Remove the finalizer") })
    driver.click(row: row)
    #expect(driver.lines[1].hasPrefix("── Confirm "))
  }

  @Test mutating func theKeysOfTheFooterCanBeClickedOnEveryScreen() throws {
    driver.show(findings)
    for title in ["── Help: Findings ", "── Findings "] {
      let name = title.contains("Help") ? "? Help" : "esc Back"
      let range = try #require(driver.lines[23].range(of: name))
      let line = driver.lines[23]
      driver.click(row: 23, column: line.distance(from: line.startIndex, to: range.lowerBound))
      #expect(driver.lines[1].hasPrefix(title))
    }
    driver.click(row: 23, column: 79)
    #expect(driver.lines[1].hasPrefix("── Findings "))
  }
}
