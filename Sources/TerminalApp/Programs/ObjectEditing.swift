import Foundation
import Healing
import KubernetesObjects
import LocalState
import Monitoring
import TerminalKit
import WireFormats
import YAMLReading

/// One object in the user's editor, until that came to a plan or to nothing.
struct ObjectEditing: Sendable {
  let object: ClusterObject
  let fleet: Fleet
  let programs: UserPrograms
  let display: any Display

  /// What is said at the end instead of a plan.
  private struct Ending: Error {
    let sentence: String
  }

  /// What the user left in the editor.
  private struct Draft {
    /// The manifest as it was before that.
    let base: JSONValue
    var text: String
    /// What is to be said above it when it is opened again.
    var complaints: [String] = []
  }

  /// Has the user edit it, and tells what would be changed, or why nothing will be.
  func run() async -> Message {
    do throws(Ending) {
      let base = try await manifest()
      let file: EditedFile
      do throws(StateProblem) {
        let folder = programs.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        file = try EditedFile(named: "\(object.key.kind.name)-\(object.key.name)", in: folder)
      } catch {
        throw Ending(sentence: "Not edited. \(error)")
      }
      defer { file.remove() }
      var draft = Draft(base: base, text: ManifestText.yaml(base))
      while true {
        let text = try await edit(draft, in: file)
        let isAgain = !draft.complaints.isEmpty
        if text == draft.text { throw Ending(sentence: unchanged(isAgain ? text : nil)) }
        draft.text = text
        if let message = try await proposals(for: &draft) { return message }
      }
    } catch {
      return .notice(error.sentence)
    }
  }

  /// The manifest as the server has it.
  private func manifest() async throws(Ending) -> JSONValue {
    switch await fleet.manifest(of: object) {
    case .object(let whole): return ManifestText.editable(whole)
    case .failed(let reason): throw Ending(sentence: "\(object.key) is not edited: \(reason)")
    }
  }

  /// Opens the editor on a draft; answers what was left in it.
  private func edit(_ draft: Draft, in file: EditedFile) async throws(Ending) -> String {
    do throws(StateProblem) {
      try file.write(ManifestText.file(draft.text, saying: draft.complaints))
    } catch {
      throw Ending(sentence: "Not edited. \(error)")
    }
    let command = programs.editor
    // As git and kubectl run it: what is set may have options of its own.
    let program = ForegroundProgram(
      path: "/bin/sh",
      arguments: ["-c", "\(command) \"$1\"", "sh", file.path],
      environment: programs.environment
    )
    let (end, _) = await display.lend { await program.run() }
    switch end {
    case .exited(status: 0): break
    case .exited(status: 127):
      throw Ending(
        sentence: "The editor \(command) is not found. Set EDITOR or VISUAL to one that is there."
      )
    case .exited(let status):
      throw Ending(sentence: "Nothing is changed: \(command) ended with status \(status).")
    case .killed(let signal):
      throw Ending(sentence: "Nothing is changed: \(command) was ended by signal \(signal).")
    case .notStarted(let reason): throw Ending(sentence: "No editor can be started: \(reason).")
    }
    guard let text = file.read() else {
      throw Ending(sentence: "Nothing is changed: what was edited is gone, or is no UTF-8.")
    }
    return ManifestText.manifest(of: text)
  }

  /// What is said where the editor was left without a change; what is broken is kept where it was
  /// written, but for a Secret's values.
  private func unchanged(_ broken: String?) -> String {
    guard let broken else { return "Nothing was changed of \(object.key)." }
    guard object.key.kind != ObjectKind("Secret"), let folder = programs.stateFolder else {
      return "\(object.key) is not changed, and what was written is dropped."
    }
    let path = "\(folder)/edits/\(object.key.kind.name)-\(UInt64.random(in: 0 ... .max)).yaml"
    do throws(StateProblem) {
      try PrivateFile.write(broken, to: path)
      return "\(object.key) is not changed. What was written is kept in \(path)"
    } catch {
      return "\(object.key) is not changed, and what was written is lost. \(error)"
    }
  }

  /// What the draft would change; `nil` where the user has to look at it again, for which the draft
  /// says why.
  private func proposals(for draft: inout Draft) async throws(Ending) -> Message? {
    let written: JSONValue?
    do throws(YAMLProblem) {
      written = try ManifestText.object(draft.text)
    } catch {
      draft.complaints = [ManifestText.complaint(about: error, below: 1)]
      return nil
    }
    guard let written else { throw Ending(sentence: "Nothing was changed of \(object.key).") }
    let change = ManifestChange(from: draft.base, to: written)
    if change.isEmpty { throw Ending(sentence: "Nothing was changed of \(object.key).") }
    // Servers and controllers go on writing while people think.
    let now = try await manifest()
    let others = ManifestChange(from: draft.base, to: now).withoutUpkeep
    let edited = change.applied(to: now)
    let action = ObjectAction.apply(EditedObject(now, editedTo: edited))
    let proposals = await fleet.proposals(action, for: [object])
    if case .unavailable(let reason)? = proposals.first {
      draft.complaints = [reason]
      return nil
    }
    return .edited(proposals, remark: remark(on: change.overlap(with: others)))
  }

  /// What to say where somebody else changed the same meanwhile; no value of a Secret.
  private func remark(on overlap: [ManifestChange.Field]) -> String? {
    guard !overlap.isEmpty else { return nil }
    let isSecret = object.key.kind == ObjectKind("Secret")
    let fields = overlap.map { isSecret ? $0.name : $0.description }.joined(separator: ", ")
    return "You replace what somebody else changed meanwhile: \(fields)"
  }
}
