/// What a program is made of: a value that messages change and that is drawn.
package protocol Model: Sendable {
  associatedtype Message: Sendable
  /// Something to be done outside: asking, acting. Its result comes back as a message.
  associatedtype Effect: Sendable

  /// Whether the program should end.
  var isFinished: Bool { get }
  /// Another number whenever what is drawn has changed: a message that changes nothing of it costs
  /// no frame.
  var look: Int { get }

  mutating func update(_ input: Input) -> [Effect]
  mutating func update(_ message: Message) -> [Effect]
  func draw(on canvas: inout Canvas)
}

/// Runs a model: what comes in, then a frame.
///
/// A key is taken in where it is read and its frame is drawn at once, whatever else is under way.
/// Other frames are drawn no more often than sixty times a second, and only where something looks
/// different. Nothing runs while nothing comes.
@MainActor
package final class Program<SomeModel: Model> {
  private let display: any Display
  private let perform: @concurrent @Sendable (SomeModel.Effect) async -> SomeModel.Message?
  private var model: SomeModel
  /// The effects that are under way.
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var nextTaskID = 0
  /// Ends with the program.
  private let running: AsyncStream<Never>
  private let end: AsyncStream<Never>.Continuation
  private var lastFrame = ContinuousClock.now - .seconds(1)
  /// What the last frame shows.
  private var drawnLook: Int?
  /// Waits until the next frame may be drawn that nobody pressed a key for.
  private var pause: Task<Void, Never>?

  private static var frameInterval: Duration { .milliseconds(16) }

  /// Makes a program whose effects `perform` carries out, away from the main actor.
  package init(
    _ model: SomeModel,
    on display: any Display,
    perform: @escaping @concurrent @Sendable (SomeModel.Effect) async -> SomeModel.Message?
  ) {
    self.model = model
    self.display = display
    self.perform = perform
    (running, end) = AsyncStream.makeStream(of: Never.self)
  }

  /// Runs until the model is finished, and answers it; `messages` come from outside.
  @discardableResult
  package func run(messages outside: AsyncStream<SomeModel.Message>) async -> SomeModel {
    start(model.update(.resize(display.size)))
    drawFrame()
    display.inputs.listen { [weak self] in self?.take($0) }
    let messageTask = Task(priority: .userInitiated) {
      for await message in outside { take(message) }
    }
    for await _ in running {}
    display.inputs.stopListening()
    pause?.cancel()
    for task in Array(tasks.values) + [messageTask] { task.cancel() }
    return model
  }

  private func take(_ inputs: [Input]) {
    for input in inputs where !model.isFinished { start(model.update(input)) }
    showChanges(atOnce: true)
  }

  private func take(_ message: SomeModel.Message) {
    guard !model.isFinished else { return }
    start(model.update(message))
    showChanges(atOnce: false)
  }

  /// Draws what looks different: at once for a key, else as soon as the last frame is old enough.
  private func showChanges(atOnce isUrgent: Bool) {
    if model.isFinished { end.finish() }
    guard model.look != drawnLook else { return }
    let sinceLast = lastFrame.duration(to: .now)
    if isUrgent || model.isFinished || sinceLast >= Self.frameInterval {
      drawFrame()
    } else if pause == nil {
      pause = Task(priority: .userInitiated) {
        let rest = Self.frameInterval - sinceLast
        guard (try? await Task.sleep(for: rest)) != nil else { return }
        pause = nil
        showChanges(atOnce: true)
      }
    }
  }

  private func drawFrame() {
    var canvas = Canvas(display.size)
    model.draw(on: &canvas)
    display.present(canvas)
    pause?.cancel()
    pause = nil
    lastFrame = .now
    drawnLook = model.look
  }

  private func start(_ effects: [SomeModel.Effect]) {
    for effect in effects {
      let perform = perform
      nextTaskID += 1
      let id = nextTaskID
      // Somebody waits for it, and nobody in particular for whatever else runs.
      tasks[id] = Task(priority: .userInitiated) {
        if let message = await perform(effect) { take(message) }
        tasks[id] = nil
      }
    }
  }
}
