import Foundation
import Hummingbird

/// A remote check for KPatrol: containers have a memory limit, for one without takes the node's others down.
///
/// KPatrol sends objects and their changes as CloudEvents (`io.kpatrol.object.changed`), here one in each
/// request, as Knative's Brokers do. The answer is one event (`io.kpatrol.finding`) with everything that is
/// wrong with the object, which may be nothing.
@main struct MemoryLimits {
  static func main() async throws {
    let environment = ProcessInfo.processInfo.environment
    let router = Router()
    router.post("/") { request, context in
      // As large as an object may be that an API server takes.
      let body = try await request.body.collect(upTo: 3 << 20)
      do {
        let event = try ObjectEvent(request.headers, Data(buffer: body))
        return event.isChange ? try event.reply(findings: event.findings) : Response(status: .ok)
      } catch {
        context.logger.info("a request that is no event: \(error)")
        return Response(status: .badRequest)
      }
    }
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(
        // Knative says where with PORT; anywhere else only this machine's programs can ask.
        address: .hostname(
          environment["HOST"] ?? "127.0.0.1",
          port: environment["PORT"].flatMap(Int.init) ?? 8080
        )
      ),
      onServerRunning: { channel in
        print("Listening on http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
        fflush(nil)
      }
    )
    // Ends at SIGTERM, once what is under way is answered.
    try await application.runService()
  }
}
