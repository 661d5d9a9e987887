import SyncCore
import SyncStore

/// Fields that were not synced when their record was last seen: the look that shows what a side has writes nothing.
///
/// From then on they are decided like all others, with the next change of the record.
extension RecordStep {
    /// The link with what was seen now as the base of what was never read.
    func armed(_ link: Link, _ hubspot: RecordBlob?, _ salesforce: RecordBlob?) -> Link {
        guard link.schemaRevision != self.mapping.revision else { return link }
        var next = link
        next.hubspotBase = Self.armed(link.hubspotBase, hubspot)
        next.salesforceBase = Self.armed(link.salesforceBase, salesforce)
        return self.settings.sabotage == .takesUnreadForBlank ? Self.blanked(link) : next
    }

    private static func armed(_ base: RecordBlob?, _ seen: RecordBlob?) -> RecordBlob? {
        guard let base, let seen else { return base }
        let values = base.values
        let unread = values.indices.filter { values[$0] == .unread }
        return unread.isEmpty ? base : base.replacing(Set(unread), from: seen)
    }

    /// Leaves out fields that are read for the first time, unless a side has changed one since it was.
    ///
    /// `before`: the link without what was seen now; `input`: with it.
    func leavesUnread(_ before: Link, _ input: inout RecordMergeInput) {
        guard before.schemaRevision != self.mapping.revision,
            let old = Self.values(before.hubspotBase, before.salesforceBase),
            let now = Self.values(input.hubspotBase, input.salesforceBase)
        else { return }
        let (hubspot, salesforce) = (input.hubspot.values, input.salesforce.values)
        for index in old.0.indices where old.0[index] == .unread || old.1[index] == .unread {
            let isSame = hubspot[index] == now.0[index] && salesforce[index] == now.1[index]
            if isSame { input.mapping.fields[index].rule = .dontSync }
        }
    }

    private static func values(
        _ hubspot: RecordBlob?,
        _ salesforce: RecordBlob?
    ) -> (RecordValues, RecordValues)? {
        guard let hubspot, let salesforce else { return nil }
        return (hubspot.values, salesforce.values)
    }

    /// Whether one side has changed a field of which the other one was never read: nobody can tell what it would
    /// overwrite.
    func changesUnread(_ link: Link, _ hubspot: RecordBlob, _ salesforce: RecordBlob) -> Bool {
        guard link.schemaRevision != self.mapping.revision, let mine = link.hubspotBase?.values,
            let theirs = link.salesforceBase?.values
        else { return false }
        let (hubspot, salesforce) = (hubspot.values, salesforce.values)
        return mine.indices.contains { index in
            let (one, other) = (mine[index], theirs[index])
            return one == .unread && salesforce[index] != other
                || other == .unread && hubspot[index] != one
        }
    }
}
