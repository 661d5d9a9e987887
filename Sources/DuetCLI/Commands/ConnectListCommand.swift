package import ArgumentParser
import Foundation
import SyncCore
import WireJSON

/// `duet connect list`: which accounts Duet is let into from here.
package struct ConnectListCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Which accounts Duet is let into from here; asks neither CRM."
    )

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        do {
            let vault = Vault(
                base: PairBuilder.folder(of: self.options.config),
                environment: runner.environment
            )
            var known: [Side: Connected] = [:]
            for side in Side.allCases { known[side] = try vault.connected(side) }
            runner.terminal.print(self.options.json ? Self.json(known) : Self.text(known))
        } catch {
            throw runner.failed(error)
        }
    }

    static func text(_ known: [Side: Connected]) -> String {
        let lines = Side.allCases.map { side in
            let name = Words.name(of: side)
            guard let one = known[side] else {
                return "\(name): not connected. Run: duet connect \(side.rawValue)"
            }
            let account = one.account.map { (side == .hubspot ? "portal " : "org ") + $0 }
            let since = CivilTime.text(one.connectedAt).prefix(10)
            return
                "\(name): \(account ?? "not tried yet") at \(one.host), by \(one.grant), since \(since)"
        }
        return lines.joined(separator: "\n")
    }

    static func json(_ known: [Side: Connected]) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            for side in Side.allCases {
                guard let one = known[side] else { continue }
                root.name(side.rawValue)
                root.object { item in
                    if let account = one.account { item.member("account", account) }
                    item.member("host", one.host)
                    item.member("by", one.grant.description)
                    item.member("connectedAt", CivilTime.text(one.connectedAt))
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
