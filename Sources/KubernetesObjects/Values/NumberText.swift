/// Numbers as people write them: `90`, `0.5`.
package enum NumberText {
  package static func text(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }
}
