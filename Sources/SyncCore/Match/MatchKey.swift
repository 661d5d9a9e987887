/// Comparable match values of a record: the match field's place and the value in HubSpot's form.
package enum MatchKey {
    /// The keys of a record in the order of `mapping.matchFields`; blank values give none.
    ///
    /// Values compare without case, as both CRMs' searches do: e-mail and domains differ in it.
    /// `toHubSpot`: the value of a field in HubSpot's normal form, or `nil`.
    package static func keys(
        of values: RecordBlob,
        mapping: ObjectMapping,
        toHubSpot: (FieldValue, Int) -> FieldValue?
    ) -> [String] {
        let values = values.values
        return mapping.matchFields.compactMap { index in
            guard values.indices.contains(index), !values[index].isBlank,
                let value = toHubSpot(values[index], index), !value.isBlank
            else { return nil }
            return "\(index):\(value.text.lowercased())"
        }
    }
}
