/// What a piece of text is, from which the theme makes its colour.
package enum Role: String, Sendable, CaseIterable {
  case text
  case muted
  case title
  case border
  case header
  case key
  case selection
  case critical
  case warning
  case info
  case success
  case progress
  case error
  case input
}

/// How a cell looks: its role, and what is done to it beside the theme.
package struct Style: Hashable, Sendable {
  package var role: Role
  package var isBold = false
  package var isReversed = false

  package init(_ role: Role = .text, isBold: Bool = false, isReversed: Bool = false) {
    self.role = role
    self.isBold = isBold
    self.isReversed = isReversed
  }
}
