package import SyncCore

/// The words of the screen: the glossary's third column, never the code's own.
package enum Words {
    package static func name(of side: Side) -> String {
        switch side {
        case .hubspot: "HubSpot"
        case .salesforce: "Salesforce"
        }
    }

    /// A finding's headline.
    package static func headline(of code: Finding.Code) -> String {
        switch code {
        case .ambiguousMatch: "More than one possible counterpart"
        case .alreadyLinked: "The counterpart is synced with another record"
        case .counterpartDeleted: "The counterpart was deleted"
        case .counterpartsMerged: "The record was merged into another one"
        case .counterpartConverted: "The lead was converted"
        case .counterpartNotVisible: "The counterpart cannot be seen any more"
        case .deletedButEdited: "The counterpart was deleted, and the record was edited since"
        case .deletesHeldInHubSpot: "Safety stop: many records would be deleted in HubSpot"
        case .deletesHeldInSalesforce: "Safety stop: many records would be deleted in Salesforce"
        case .firstSyncDiverged: "Two-way fields differ since before they were synced"
        case .conflict: "Edited on both sides at the same time"
        case .missingRequiredField: "A required field has no value"
        case .valueNotConvertible: "A value does not fit the other side"
        case .recordRejected: "The CRM refused the record"
        case .keyRejected: "The CRM refused the counterpart's id"
        case .ownerNotFound: "An owner is unknown on the other side"
        case .fieldFlapping: "A field keeps changing back and forth"
        case .schemaChanged: "A field was changed or removed"
        case .segmentGone: "The segment that says which records are synced is gone"
        case .outcomeUnknown: "It is not known whether a write arrived"
        case .relationRefused: "The CRM refused to tie two records"
        case .tooManyTies: "A record has more than 10,000 ties"
        case .erased: "A record shows a person who was erased"
        }
    }

    /// What a person does about it.
    package static func nextStep(for code: Finding.Code) -> String {
        switch code {
        case .ambiguousMatch:
            "Merge the duplicates, or put the right id into the key field, then edit the record."
        case .alreadyLinked:
            "Merge the two records in the CRM that has both, then edit the one that stays."
        case .counterpartDeleted:
            "Nothing is written to the other side. Restore the record and both go on, or leave it as it is."
        case .counterpartsMerged:
            "Merge their counterparts in the other CRM too: then what stays there goes on with it."
        case .counterpartConverted:
            "Its contact has a counterpart of its own, or is not synced: merge the two records in HubSpot."
        case .counterpartNotVisible:
            "Give the integration user access to the record: the next change of it is noticed. If the person was deleted for good on request: duet erase ID."
        case .deletedButEdited:
            "The record stays. Restore its counterpart and both go on, or delete the record too."
        case .deletesHeldInHubSpot, .deletesHeldInSalesforce:
            "Look at them with `duet deletes`, then let them go (--apply) or keep the records (--keep)."
        case .firstSyncDiverged:
            "Edit the field on the side that is right: that edit goes over."
        case .conflict:
            "The history keeps the value that lost; write it again if it should have won."
        case .missingRequiredField:
            "Fill the field, or give its mapping a `default`."
        case .valueNotConvertible:
            "Correct the value, or add it to the mapping's `values`."
        case .recordRejected:
            "Correct the record as the CRM's error says; the next edit is sent again."
        case .keyRejected:
            "Let the integration write the field; the contact of a person account takes no write at all."
        case .ownerNotFound:
            "Add a user with the same e-mail address there, or list the two under the owner's `values`."
        case .fieldFlapping:
            "Something rewrites the field in one CRM: look for a workflow or flow."
        case .schemaChanged:
            "Update the mapping."
        case .segmentGone:
            "Nothing more is synced of the object. Restore the segment in HubSpot, or name another under `include`."
        case .outcomeUnknown:
            "Look at the record in the CRM; duet goes on by itself when it is certain."
        case .relationRefused:
            "Correct what the CRM's error says; the next change of the record, or the next day's look, tries again."
        case .tooManyTies:
            "Its ties stay as they are in both CRMs, and its fields go on. With fewer ties it comes back within a day."
        case .erased:
            "It is not synced. Delete it there too, or lift the erasure if the person came back: duet erase --forget ID."
        }
    }

    /// What another list of fields means for the records that are synced.
    package static func notice(_ change: FieldChange) -> String {
        var parts: [String] = []
        if !change.added.isEmpty {
            parts.append(
                "\(change.added.joined(separator: ", ")): synced from now on. What both CRMs have is read "
                    + "once, and goes over with the next change of each record."
            )
        }
        let removed = change.removed.filter { !$0.isEmpty }
        if !removed.isEmpty {
            parts.append("\(removed.joined(separator: ", ")): not read any more.")
        }
        return "The fields of `\(change.mapping)` have changed. " + parts.joined(separator: " ")
    }
}
