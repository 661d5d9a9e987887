import ArgumentParser
import DuetCLI
import Foundation
import Testing

/// `docs/from-native.md` names for every screen and setting of the vendor's own connection what has its place here.
struct FromNativeTests {
    private struct Row {
        var text: String
        var ids: [String]
        var isNotYet: Bool { self.text.hasPrefix("not yet") }
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func page(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    private static func rows() throws -> [Row] {
        try Self.page("docs/from-native.md").split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard line.hasPrefix("| "), cells.count == 3, cells[2] != "Lines" else { return nil }
            return Row(text: cells[1], ids: cells[2].components(separatedBy: ", "))
        }
    }

    /// What `docs/parity.md` says of each line.
    private static func states() throws -> [String: String] {
        var states: [String: String] = [:]
        for line in try Self.page("docs/parity.md").split(separator: "\n") {
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count > 2, cells[0].count == 3, cells[0].dropFirst().allSatisfy(\.isNumber)
            else { continue }
            states[cells[0]] = cells[1]
        }
        return states
    }

    /// Everything between backticks.
    private static func quoted(_ text: String) -> [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    @Test func `every line of the vendor's tables stands in one row`() throws {
        let imports = (1...14).map { "P" + ($0 < 10 ? "0" : "") + String($0) }
        let ids = try Self.rows().flatMap(\.ids)
        #expect(ids.sorted() == (Array(try Self.states().keys) + imports).sorted())
    }

    @Test func `what is not yet there is the same as in the page beside the vendor's`() throws {
        let states = try Self.states()
        for row in try Self.rows() {
            for id in row.ids where states[id] != nil {
                #expect((states[id] == "not yet") == row.isNotYet, "\(id)")
            }
        }
    }

    @Test func `every row names a command, a key, or says that there is none`() throws {
        for row in try Self.rows() {
            let isTold = row.text.hasPrefix("not yet.") || row.text.hasPrefix("not wanted:")
            let names = Self.quoted(row.text).filter { $0.hasPrefix("duet ") || $0.hasSuffix(":") }
            #expect(isTold || !names.isEmpty, "\(row.ids): \(row.text)")
        }
    }

    @Test func `every command and option that is named exists`() throws {
        var count = 0
        for path in ["docs/from-native.md", "docs/portals.md", "docs/fields.md", "README.md"] {
            for text in Self.quoted(try Self.page(path)) where text.hasPrefix("duet ") {
                count += 1
                #expect(Self.problem(text) == nil, "\(path): \(text)")
            }
        }
        #expect(count > 100)
        // The check itself can fail.
        #expect(Self.problem("duet plam") != nil)
        #expect(Self.problem("duet mapping lst") != nil)
        #expect(Self.problem("duet plan --backfil contacts") != nil)
    }

    /// Why a command line cannot be what is meant.
    private static func problem(_ line: String) -> String? {
        var command: any ParsableCommand.Type = DuetCommand.self
        var words = line.split(separator: " ").dropFirst().map(String.init)[...]
        while let word = words.first, !command.configuration.subcommands.isEmpty {
            let next = command.configuration.subcommands.first {
                $0.configuration.commandName == word
            }
            guard let next else {
                guard word.hasPrefix("-") else { return "no command \(word)" }
                break
            }
            command = next
            words = words.dropFirst()
        }
        let help = DuetCommand.helpMessage(for: command)
        for word in words where word.hasPrefix("--") {
            let name = word.prefix { $0 != "=" && $0 != "," }
            guard
                help.contains("\(name) ") || help.contains("\(name)\n") || help.contains("\(name)]")
            else { return "no option \(word)" }
        }
        return nil
    }

    @Test func `every key of the configuration that is named exists`() throws {
        let folder = Self.root.appendingPathComponent("Sources/DuetCLI/Configuration")
        var sources = ""
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasPrefix("ConfigurationReader") {
            sources += try String(
                contentsOf: folder.appendingPathComponent(name),
                encoding: .utf8
            )
        }
        var count = 0
        for text in Self.quoted(try Self.page("docs/from-native.md"))
        where text.hasSuffix(":") && !text.contains(" ") {
            count += 1
            #expect(sources.contains("\"\(text.dropLast())\""), "\(text)")
        }
        #expect(count > 30)
    }
}
