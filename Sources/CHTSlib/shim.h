#pragma once
#include <htslib/hts.h>
#include <htslib/bgzf.h>
