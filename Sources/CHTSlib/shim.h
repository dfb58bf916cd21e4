#pragma once
#include <libdeflate.h>
#include <stdlib.h>
#include <htslib/bgzf.h>
#include <htslib/faidx.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/hts_log.h>
#include <htslib/kstring.h>
#include <htslib/cram.h>
#include <htslib/sam.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

/* htslib's function-like macros and constants that Swift cannot see. */

static inline void chts_log_off(void) { hts_set_log_level(HTS_LOG_OFF); }

/* Whether the last read ended without a BGZF end-of-file block. */
static inline int chts_lacks_eof_block(const BGZF *fp) { return fp->is_compressed && !fp->is_gzip && fp->no_eof_block; }

static inline int chts_is_compressed(const BGZF *fp) { return fp->is_compressed; }

static inline unsigned chts_error_code(const BGZF *fp) { return fp->errcode; }

/* errno of the file below, 0 when the trouble is in the data. */
static inline int chts_system_error(const BGZF *fp) { return herrno(fp->fp); }

/* errno of a file handle. */
static inline int chts_file_error(hFILE *fp) { return herrno(fp); }

/* Name of the contig, sample, or key with this number. */
static inline const char *chts_name(const bcf_hdr_t *header, int kind, int number) { return header->id[kind][number].key; }

static inline int chts_index_vcf(const char *path, const char *index_path) {
  return tbx_index_build2(path, index_path, 0, &tbx_conf_vcf);
}

/* Parts of an alignment record. */
static inline const char *chts_read_name(const bam1_t *read) { return bam_get_qname(read); }
static inline const uint32_t *chts_cigar(const bam1_t *read) { return bam_get_cigar(read); }
static inline const uint8_t *chts_bases(const bam1_t *read) { return bam_get_seq(read); }
static inline const uint8_t *chts_base_qualities(const bam1_t *read) { return bam_get_qual(read); }

/* Turns to the read at an offset of BGZF in a BAM. */
static inline int64_t chts_seek_read(htsFile *file, int64_t offset) { return bgzf_seek(file->fp.bgzf, offset, SEEK_SET); }

/* Which fields of a CRAM are decoded, and the FASTA by which. */
static inline int chts_require_fields(htsFile *file, int fields) {
  return hts_set_opt(file, CRAM_OPT_REQUIRED_FIELDS, fields);
}

/* What the reader of a CRAM takes for the place of a sequence's FASTA. */
static inline int chts_set_sequence_place(htsFile *file, const char *name, const char *place) {
  return sam_hdr_update_line(cram_fd_get_header(file->fp.cram), "SQ", "SN", name, "UR", place, NULL);
}
static inline int chts_is_cram(const htsFile *file) { return file->format.format == cram; }
static inline int chts_is_bam(const htsFile *file) { return file->format.format == bam; }
