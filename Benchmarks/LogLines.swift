import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalApp
import TerminalKit

/// What a log costs on the screen that has 10,000 lines more each second.
struct LogLines: Benchmark {
  let title = "log on the screen, 10,000 lines a second"

  private static let seconds = 10
  /// What came is shown so many times a second, as a log session hands it over.
  private static let frames = 16
  private static let linesPerFrame = 625
  private static let size = Size(columns: 200, rows: 50)

  func run() throws -> [Measurement] {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
    var app = App()
    _ = app.update(Input.resize(Self.size))
    _ = app.update(Message.open(ClusterObject(cluster: "bench", key: pod)))
    let asked = app.update(Input.key("l")).compactMap { effect in
      if case .readLog(let request) = effect { request.id } else { nil }
    }
    guard let id = asked.first else { throw BenchmarkFailure("No log was asked for.") }
    var news = LogNews()
    let source = LogSource(pod: pod, container: "main")
    (news.sources, news.podCount) = ([source], 1)
    var times: [Double] = []
    var number = 0
    for _ in 0..<Self.seconds {
      let elapsed = ContinuousClock().measure {
        for _ in 0..<Self.frames {
          news.entries = (0..<Self.linesPerFrame).map { _ in
            number += 1
            let text =
              "level=info msg=\"request served\" path=/items/\(number) status=200 duration=7ms"
            return LogEntry(LogLine(time: nil, text: text), of: source)
          }
          _ = app.update(Message.log(news, of: id))
          var canvas = Canvas(Self.size)
          app.draw(on: &canvas)
        }
      }
      times.append(elapsed.seconds * 100)
    }
    return [
      Measurement(
        title: title,
        setting:
          "\(Self.linesPerFrame) lines and a frame at 200×50, \(Self.frames) times a second; "
          + "without what receiving them takes",
        value: times.median,
        unit: "% of a core",
        note: "\((times.max() ?? 0).formatted()) % in the busiest second"
      )
    ]
  }
}
