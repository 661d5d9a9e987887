import Foundation
import SyncCore
import WireJSON

/// Edits the configuration's file and shows the lines that changed.
struct MappingRunner {
    private let runner: CommandRunner
    private let isDry: Bool

    init(_ runner: CommandRunner, isDry: Bool) {
        self.runner = runner
        self.isDry = isDry
    }

    func edit(_ body: (inout MappingEditor) throws -> Void) throws {
        let path = self.runner.options.config
        do {
            _ = try PairBuilder.load(path)
            let old = PrivateFile.whole(path) ?? ""
            var editor = try MappingEditor(old, path: path)
            try body(&editor)
            let changes = Self.changes(old, editor.text)
            if !self.isDry { try Self.replace(path, with: editor.text) }
            self.runner.terminal.print(
                self.runner.options.json ? self.json(changes) : self.text(changes, path)
            )
        } catch {
            throw self.runner.failed(error)
        }
    }

    private func text(_ changes: [String], _ path: String) -> String {
        guard !changes.isEmpty else { return "\(path) says that already." }
        let end = self.isDry ? "Nothing was changed." : "Next: duet plan"
        return (["\(path):"] + changes.map { "  \($0)" } + [end]).joined(separator: "\n")
    }

    private func json(_ changes: [String]) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.member("changed", !self.isDry && !changes.isEmpty)
            root.name("lines")
            root.array { list in for line in changes { list.string(line) } }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The lines that went and came, each with its number.
    static func changes(_ old: String, _ new: String) -> [String] {
        let before = MappingEditor.lines(of: old)
        let difference = MappingEditor.lines(of: new).difference(from: before)
        let lines = difference.removals + difference.insertions
        return lines.map { change in
            switch change {
            case .remove(let place, let line, _): "\(place + 1) - \(line)"
            case .insert(let place, let line, _): "\(place + 1) + \(line)"
            }
        }
    }

    /// Replaces the file as a whole; who may read it stays as it was.
    private static func replace(_ path: String, with text: String) throws(SyncError) {
        let manager = FileManager.default
        let rights = try? manager.attributesOfItem(atPath: path)[.posixPermissions]
        try PrivateFile.write(text, to: path)
        if let rights {
            try? manager.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
        }
    }
}
