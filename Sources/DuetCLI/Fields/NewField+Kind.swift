package import CRMInterface
import SyncCore

extension NewField.Kind {
    /// What holds the same as a field of the other CRM; `nil` for ids of records.
    package init?(like field: ObjectDescription.Field) {
        switch field.shape.type {
        case .text: self = .text
        case .email: self = .email
        // HubSpot tells no decimals.
        case .number: self = .number(scale: field.shape.scale ?? 4)
        case .boolean: self = .checkbox
        case .date: self = .date
        case .datetime: self = .dateTime
        case .singleChoice, .multiChoice:
            let picks =
                field.picks
                ?? (field.options ?? field.shape.choices ?? []).map { .init(value: $0, label: $0) }
            guard !picks.isEmpty else {
                self = .text
                return
            }
            self = .choice(picks, isMultiple: field.shape.type == .multiChoice)
        case .reference: return nil
        }
    }

    /// In words that people read.
    package var shown: String {
        switch self {
        case .key: "text, unique"
        case .text: "text"
        case .email: "email"
        case .number(let scale): scale == 0 ? "whole number" : "number, \(scale) decimals"
        case .checkbox: "checkbox"
        case .date: "date"
        case .dateTime: "date and time"
        case .choice(let picks, let isMultiple):
            "\(isMultiple ? "several of" : "one of") \(picks.count) values"
        }
    }
}
