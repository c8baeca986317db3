/// What the user does, on its way from a display to the program.
///
/// No stream: whoever waits for one is resumed by Swift's pool, where a key would queue behind
/// whatever the clusters are busy with.
@MainActor
package final class Inputs {
  private var waiting: [Input] = []
  private var listener: (([Input]) -> Void)?

  package init() {}

  /// Hands inputs over at once, in order; they wait while nobody listens.
  package func send(_ inputs: Input...) { send(inputs) }

  package func send(_ inputs: [Input]) {
    guard !inputs.isEmpty else { return }
    if let listener { listener(inputs) } else { waiting += inputs }
  }

  /// Has inputs handed over from now on, those first that wait.
  package func listen(_ listener: @escaping ([Input]) -> Void) {
    self.listener = listener
    let inputs = waiting
    waiting = []
    send(inputs)
  }

  package func stopListening() { listener = nil }
}
