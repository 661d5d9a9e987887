import ArgumentParser
import DuetCLI
import Foundation
import SyncCore
import Testing

/// Messages and help use the glossary's third column, never the code's own words.
struct WordsTests {
    /// The code's words that the screen does not use.
    private static let internalWords = [
        "pair", "pairs", "object mapping", "link", "links", "base", "bases", "watermark",
        "watermarks", "change feed", "feed", "echo", "outbox", "entry", "entries", "disposition",
        "parked", "park", "brake", "journal", "ledger", "merge decision", "finding", "findings",
        "upsert", "stage", "staged", "syncer", "actor",
    ]

    private static func internalWord(in text: String) -> String? {
        // A name with underscores or digits (`base64`) is one word, and none of ours.
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            .joined(separator: " ")
        let padded = " \(words) "
        return Self.internalWords.first { padded.contains(" \($0) ") }
    }

    @Test func `the help of every command`() {
        let texts = Self.helps(of: DuetCommand.self)
        #expect(texts.count == 29)
        for text in texts {
            #expect(Self.internalWord(in: text) == nil, "\(text)")
        }
    }

    /// The help of a command and of all below it.
    private static func helps(of command: any ParsableCommand.Type) -> [String] {
        [DuetCommand.helpMessage(for: command)]
            + command.configuration.subcommands.flatMap { Self.helps(of: $0) }
    }

    @Test(arguments: Finding.Code.allCases)
    func `each problem's headline and next step`(code: Finding.Code) {
        for text in [Words.headline(of: code), Words.nextStep(for: code)] {
            #expect(Self.internalWord(in: text) == nil, "\(text)")
            #expect(!text.isEmpty)
        }
        #expect(Words.nextStep(for: code).hasSuffix("."))
    }

    @Test func `what init writes`() {
        #expect(Self.internalWord(in: ConfigurationTemplate.text) == nil)
    }

    /// Every `cause:` and `nextStep:` in the sources, read as text.
    @Test func `every error's cause and next step`() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let sources = root.appendingPathComponent("Sources")
        let files = try #require(FileManager.default.enumerator(atPath: sources.path))
        var count = 0
        for case let name as String in files where name.hasSuffix(".swift") {
            let text = try String(
                contentsOf: sources.appendingPathComponent(name),
                encoding: .utf8
            )
            for label in ["cause:", "nextStep:"] {
                for literal in Self.literals(after: label, in: text) {
                    count += 1
                    #expect(Self.internalWord(in: literal) == nil, "\(name): \(literal)")
                    #expect(
                        literal.hasSuffix(".") || literal.hasSuffix(" ") || literal.hasSuffix(")")
                            || literal.hasSuffix("…") || literal.hasSuffix(", "),
                        "\(name): \(literal)"
                    )
                }
            }
        }
        #expect(count > 60, "the sources were not read")
    }

    /// The first string literal after each label, up to its closing quote.
    private static func literals(after label: String, in text: String) -> [String] {
        text.components(separatedBy: label).dropFirst().compactMap { rest in
            let trimmed = rest.drop { $0 == " " || $0 == "\n" }
            guard trimmed.first == "\"" else { return nil }
            var literal = ""
            var isEscaped = false
            for character in trimmed.dropFirst() {
                if character == "\"", !isEscaped { return literal }
                isEscaped = character == "\\" && !isEscaped
                literal.append(character)
            }
            return nil
        }
    }
}
