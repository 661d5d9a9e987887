package import ArgumentParser
import SyncCore
import SyncStore

/// `duet erase`: takes a person out of the store, for good.
package struct EraseCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract:
            "Erase a person from everything that duet stores, and never sync that person again.",
        discussion: """
            For requests under Article 17 of the GDPR and laws like it. Without --apply it only shows what \
            would go. With it, every value that duet holds of the person is removed: last synced values, waiting \
            writes, history, issues. The store's file is written anew, so that no free page of it has them either; \
            that takes room for two more copies of it for a moment.

            What stays are keyed hashes of the e-mail addresses and of the records' ids, with the time and the \
            command. By them the person is recognised: no record of theirs is created, matched or stored again, \
            whichever CRM it shows up in, and `duet status` names such a record without its values. If the person \
            comes back on purpose, --forget lifts that.

            Name the person by everything you have: e-mail addresses, ids of either CRM, URLs. All are taken \
            for one person, with every record that duet knows to belong to them; the preview names each. Others who have \
            one of the e-mail addresses are taken for the same person, unless you write --only-named.

            Duet erases nothing in the CRMs: do that there, before or after. HubSpot's permanent delete \
            leaves no sign that duet could read: `duet status` then says that the counterpart cannot be seen any \
            more, and this command is the next step. Texts about the person in other records, such as tickets, are theirs \
            and stay, as do ids of the person's records in them. Without a name all erasures are listed. Makes no API \
            call. One process owns the store: stop `duet run` first. What you type stays in your shell's own history: \
            clear that yourself.
            """
    )

    @Argument(help: "jane@acme.com, 501, 0035g00000ABCdeAAH or a pasted URL; #1 with --forget.")
    package var records: [String] = []

    @Flag(help: "Do it. Nothing is changed without it.")
    package var apply = false

    @Flag(help: "Lift an erasure: the person may be synced again, as anybody new.")
    package var forget = false

    @Flag(help: "Leave others alone who have one of the addresses; these addresses are not kept.")
    package var onlyNamed = false

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func validate() throws {
        guard !(self.forget && self.onlyNamed) else {
            throw ValidationError("Either --forget or --only-named.")
        }
        guard !self.records.isEmpty || !(self.forget || self.apply || self.onlyNamed) else {
            throw ValidationError("Name the person: an e-mail address, an id or a URL.")
        }
    }

    package func run() async throws {
        try await CommandRunner(options: self.options).withStore { configuration, store in
            try await self.report(
                ErasureDesk(
                    configuration: configuration,
                    store: store,
                    urls: try await Reporting.urls(configuration: configuration, store: store)
                )
            )
        }
    }

    private func report(_ desk: ErasureDesk) async throws(SyncError) -> CommandReport {
        if self.records.isEmpty { return try await desk.list() }
        if self.forget { return try await desk.lift(self.records, apply: self.apply) }
        return try await desk.erase(
            self.records,
            isOnlyNamed: self.onlyNamed,
            apply: self.apply
        )
    }
}
