package import HTTP

/// Gives a body the terminal: leaves the screen, runs the body, comes back.
package typealias TerminalHandover = @Sendable (_ body: @Sendable () async -> Void) async -> Void

/// What a sign-in may make use of.
package struct SignInTools: Sendable {
  package let eventLoop: EventLoop
  /// `nil` where nobody sits in front of a terminal.
  package let withTerminal: TerminalHandover?
  /// Whether nothing else is on the terminal: a screen is left only for what cannot do without.
  package let isTerminalFree: Bool

  package init(
    eventLoop: EventLoop,
    withTerminal: TerminalHandover? = nil,
    isTerminalFree: Bool = true
  ) {
    self.eventLoop = eventLoop
    self.withTerminal = withTerminal
    self.isTerminalFree = isTerminalFree
  }
}

/// A way to get something to show to the API server.
package protocol SignInMethod: Sendable, CustomStringConvertible {
  /// Signs in; `isRefused` tells that the server does not accept what was got before.
  func signIn(isRefused: Bool, _ tools: SignInTools) async throws(SignInError) -> Identity
}
