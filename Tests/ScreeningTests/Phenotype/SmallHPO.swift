import Foundation
import Knowledge
import Model
import TestSupport

/// A small ontology with a few diseases, written as HPO writes them, and read by way of the product's own builder.
enum SmallHPO {
  static let ontology = """
    format-version: 1.2
    data-version: hp/releases/2025-01-16

    [Term]
    id: HP:0000001
    name: All

    [Term]
    id: HP:0000118
    name: Phenotypic abnormality
    is_a: HP:0000001 ! All

    [Term]
    id: HP:0000707
    name: Abnormality of the nervous system
    is_a: HP:0000118 ! Phenotypic abnormality

    [Term]
    id: HP:0001250
    name: Seizure
    synonym: "Fits" EXACT layperson []
    is_a: HP:0000707 ! Abnormality of the nervous system

    [Term]
    id: HP:0007359
    name: Focal-onset seizure
    is_a: HP:0001250 ! Seizure

    [Term]
    id: HP:0011153
    name: Focal motor seizure
    is_a: HP:0007359 ! Focal-onset seizure

    [Term]
    id: HP:0001263
    name: Global developmental delay
    is_a: HP:0000707 ! Abnormality of the nervous system

    [Term]
    id: HP:0001626
    name: Abnormality of the cardiovascular system
    is_a: HP:0000118 ! Phenotypic abnormality

    [Term]
    id: HP:0001644
    name: Dilated cardiomyopathy
    is_a: HP:0001626 ! Abnormality of the cardiovascular system

    """

  static let annotations = """
    #description: "HPO annotations for rare diseases"
    #version: 2025-01-16
    database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\tbiocuration
    OMIM:1\tSeizure disease\t\tHP:0001250\tPMID:11\tPCS\t\t38/40\t\t\tP\tx
    OMIM:1\tSeizure disease\t\tHP:0001263\tPMID:12\tPCS\t\t2/40\t\t\tP\tx
    OMIM:1\tSeizure disease\tNOT\tHP:0001644\tPMID:12\tPCS\t\t\t\t\tP\tx
    OMIM:1\tSeizure disease\t\tHP:0000006\tPMID:11\tPCS\t\t\t\t\tI\tx
    OMIM:1\tSeizure disease\t\tHP:0003593\tPMID:11\tPCS\t\t\t\t\tC\tx
    OMIM:2\tDelay disease\t\tHP:0001263\tPMID:21\tPCS\t\t2/2\t\t\tP\tx
    OMIM:2\tDelay disease\t\tHP:0011153\tPMID:21\tPCS\t\t1/2\t\t\tP\tx
    OMIM:2\tDelay disease\t\tHP:0001419\tPMID:21\tPCS\t\t\t\t\tI\tx
    OMIM:3\tHeart disease\t\tHP:0001644\tOMIM:3\tTAS\t\tHP:0040281\t\t\tP\tx
    OMIM:3\tHeart disease\t\tHP:0001250\tOMIM:3\tTAS\t\t0/7\t\t\tP\tx
    ORPHA:9\tHeart disease of Orphanet\t\tHP:0001263\tORPHA:9\tTAS\t\tHP:0040283\t\t\tP\tx
    ORPHA:8\tA group of diseases\t\tHP:0001250\tORPHA:8\tTAS\t\tHP:0040281\t\t\tP\tx
    """

  static let genes = """
    ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id
    1\tSCN1A\tHP:0001250\tSeizure\t-\tOMIM:1
    2\tCDKL5\tHP:0001263\tGlobal developmental delay\t-\tOMIM:2
    1\tSCN1A\tHP:0001250\tSeizure\t-\tORPHA:8
    3\tNOSUCHGENE\tHP:0001250\tSeizure\t-\tOMIM:3
    """

  static let equivalences = """
    #mapping_set_id: mondo
    subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification
    MONDO:1\tx\tskos:exactMatch\tOMIM:3\tx\tx
    MONDO:1\tx\tskos:exactMatch\tOrphanet:9\tx\tx
    MONDO:2\tx\tskos:closeMatch\tOrphanet:8\tx\tx
    """

  /// The release, of files that may be changed.
  static func release(
    ontology: String = ontology, annotations: String = annotations, genes: String = genes
  ) throws -> PhenotypeRelease {
    var release = PhenotypeRelease(genes: try GeneTable(directory: Checkout.fixture("panels/genes")))
    for (text, kind) in [
      (ontology, PhenotypeRelease.Kind.ontology), (annotations, .annotations), (genes, .geneLinks),
      (equivalences, .equivalences),
    ] {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) { release.add(String(line), of: kind) }
    }
    return release
  }

  static func index(annotations: String = annotations, for sex: Sex = .unknown) throws -> PhenotypeIndex {
    let folder = try TemporaryFolder()
    for (name, bytes) in try release(annotations: annotations).tables().files {
      try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/" + name))
    }
    return try PhenotypeIndex(directory: folder.path, for: sex)
  }
}
